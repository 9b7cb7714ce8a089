'use server';

import { authedAction } from '@/lib/action';
import { tryRules } from '@/lib/checks/rule-trial-queries';
import { ruleTrialSchema } from '@/lib/checks/rule-trial-schema';

/** Reads only. An action and not a page, because the rules to be tried are not saved anywhere. */
export const tryRulesAction = authedAction(ruleTrialSchema, ({ viewer, input }) =>
  tryRules(viewer, input),
);
