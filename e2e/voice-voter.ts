// Votes blindly as somebody does who wants the voice of the house: by what stands on the screen.
import { expect, type Page } from '@playwright/test';
import { checkContent } from '../lib/checks/check-content';
import { type HouseRule, houseRulesSchema } from '../lib/checks/rule-schema';
import { sampleBrief } from '../prisma/seed/shop/brief';
import type { SampleBrief } from '../prisma/seed/shop/ticket';

const rulesOf = (brief: SampleBrief): HouseRule[] =>
  houseRulesSchema.parse(
    brief.rules.map((rule, index) => ({
      ...rule,
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    })),
  );

/** How many rules of the house an answer breaks. */
function broken(rules: HouseRule[], reply: string): number {
  const findings = checkContent({ rules, slots: sampleBrief.slots }, { reply });
  return new Set(findings.map((finding) => finding.ruleId)).size;
}

/** The better voice wins; equal ones are equally good, or both bad where they break the half. */
function choose(rules: HouseRule[], a: string, b: string): '1' | '2' | '3' | '4' {
  const [ofA, ofB] = [broken(rules, a), broken(rules, b)];
  if (ofA !== ofB) return ofA < ofB ? '1' : '2';
  return ofA * 2 >= rules.length ? '4' : '3';
}

/** Votes on everything that there is for this person, by keyboard, and says how often. */
export async function voteByVoice(voter: Page, brief: SampleBrief = sampleBrief): Promise<number> {
  const rules = rulesOf(brief);
  const done = voter.getByRole('heading', { name: 'Nothing more to vote on' });
  const position = voter.getByRole('heading', { level: 1, name: /^\d+ of \d+$/ });
  const read = async (name: string) =>
    (await voter.getByRole('region', { name }).getByRole('paragraph').textContent()) ?? '';
  for (let count = 0; ; count += 1) {
    await expect(done.or(position).first()).toBeVisible();
    if (await done.isVisible()) return count;
    const now = await position.textContent();
    await voter.keyboard.press(choose(rules, await read('Answer A'), await read('Answer B')));
    const next = voter.getByRole('heading', { level: 1, name: new RegExp(`^(?!${now}$)\\d+ of`) });
    await expect(done.or(next).first()).toBeVisible();
  }
}
