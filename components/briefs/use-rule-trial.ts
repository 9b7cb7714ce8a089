'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { tryRulesAction } from '@/lib/checks/check-actions';
import type { HouseRule } from '@/lib/checks/rule-schema';
import { MAX_TRIAL_LINKS, type RuleTrialPart } from '@/lib/checks/rule-trial-schema';
import type { Result } from '@/lib/result';

export type RuleTrialState = {
  status: 'running' | 'done' | 'stopped' | 'failed';
  checked: number;
  flagged: RuleTrialPart['flagged'];
  /** What was tried: JSON of rules and slots, to see when it is outdated. */
  fingerprint: string;
  message?: string | undefined;
};

export type RulesToTry = { rules: HouseRule[]; slots: string[] };

export const trialFingerprint = ({ rules, slots }: RulesToTry) => JSON.stringify([rules, slots]);

/** Tries rules on the examples part by part, so that progress is measured and can be stopped. */
export function useRuleTrial(target: { workspace: string; datasetId: string }) {
  const { workspace, datasetId } = target;
  const [trial, setTrial] = useState<RuleTrialState | null>(null);
  const turn = useRef(0);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );

  const run = useCallback(
    async (brief: RulesToTry) => {
      turn.current += 1;
      const mine = turn.current;
      let state: RuleTrialState = {
        status: 'running',
        checked: 0,
        flagged: {},
        fingerprint: trialFingerprint(brief),
      };
      setTrial(state);
      let after: number | null = 0;
      while (after !== null) {
        const result: Result<RuleTrialPart> | null = await tryRulesAction({
          workspace,
          datasetId,
          ...brief,
          after,
        }).catch(() => null);
        if (turn.current !== mine) return;
        if (!result?.ok) {
          setTrial({ ...state, status: 'failed', message: result?.error.message });
          return;
        }
        state = addPart(state, result.data);
        after = result.data.next;
        setTrial(after === null ? { ...state, status: 'done' } : state);
      }
    },
    [workspace, datasetId],
  );

  const stop = useCallback(() => {
    turn.current += 1;
    setTrial((state) => (state?.status === 'running' ? { ...state, status: 'stopped' } : state));
  }, []);

  return { trial, run, stop };
}

function addPart(state: RuleTrialState, part: RuleTrialPart): RuleTrialState {
  const flagged = { ...state.flagged };
  for (const [key, more] of Object.entries(part.flagged)) {
    const before = flagged[key];
    flagged[key] = {
      count: (before?.count ?? 0) + more.count,
      examples: [...(before?.examples ?? []), ...more.examples].slice(0, MAX_TRIAL_LINKS),
    };
  }
  return { ...state, checked: state.checked + part.checked, flagged };
}
