import { z } from 'zod';
import { houseRulesSchema, slotsSchema } from '@/lib/checks/rule-schema';

/** Examples listed for each rule; the count goes on. */
export const MAX_TRIAL_LINKS = 20;

/** Tries rules on the examples from a number on; the answer says where to go on. */
export const ruleTrialSchema = z.strictObject({
  datasetId: z.uuid(),
  rules: houseRulesSchema,
  slots: slotsSchema,
  /** The last example number that was looked at; 0 to begin. */
  after: z.number().int().min(0).max(2_147_483_647),
});
export type RuleTrial = z.infer<typeof ruleTrialSchema>;

/** The key under which the slot checks are counted, beside the ids of the rules. */
export const SLOT_CHECKS = 'slots';

export type TrialFlag = {
  exampleId: string;
  number: number;
  status: string;
  /** What stands there, or the beginning of the reply. */
  excerpt: string;
};

/** What a part of the trial found: by rule id, or SLOT_CHECKS. */
export type RuleTrialPart = {
  checked: number;
  /** Where to go on; null when every example was looked at. */
  next: number | null;
  flagged: Record<string, { count: number; examples: TrialFlag[] }>;
};
