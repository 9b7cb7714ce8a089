'use client';

import { useDeferredValue, useMemo } from 'react';
import { type BriefForChecks, type CheckFinding, checkContent } from '@/lib/checks/check-content';

/**
 * The findings of a reply while it is typed. Typing goes first: the findings follow when the
 * browser has time, so they may be those of a moment ago.
 */
export function useLiveFindings(brief: BriefForChecks | null, reply: string): CheckFinding[] {
  const settled = useDeferredValue(reply);
  return useMemo(() => (brief ? checkContent(brief, { reply: settled }) : []), [brief, settled]);
}
