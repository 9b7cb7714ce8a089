// Votes blindly as somebody does who wants the voice of the house: by what stands on the screen.
import { checkContent } from '../lib/checks/check-content';
import { houseRulesSchema } from '../lib/checks/rule-schema';
import { sampleBrief } from '../prisma/seed/shop/brief';
import type { Choose } from './vote-steps';

const rules = houseRulesSchema.parse(
  sampleBrief.rules.map((rule, index) => ({
    ...rule,
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  })),
);

/** How many rules of the house an answer breaks. */
function broken(reply: string): number {
  const findings = checkContent({ rules, slots: sampleBrief.slots }, { reply });
  return new Set(findings.map((finding) => finding.ruleId)).size;
}

/** The better voice wins; equal ones are equally good, or both bad where they break the half. */
export const chooseByVoice: Choose = (a, b) => {
  const [ofA, ofB] = [broken(a), broken(b)];
  if (ofA !== ofB) return ofA < ofB ? '1' : '2';
  return ofA * 2 >= rules.length ? '4' : '3';
};
