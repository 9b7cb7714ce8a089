'use client';

import { useDeferredValue, useMemo } from 'react';
import type { BriefForChecks } from '@/lib/checks/check-content';
import { checkExample, type ExampleFinding } from '@/lib/checks/check-example';
import type { DraftContent } from '@/lib/examples/content';

const NO_BRIEF: BriefForChecks = { rules: [], slots: [] };

/**
 * The findings of an example while it is typed. Typing goes first: the findings follow when the
 * browser has time, so they may be those of a moment ago. The content must be the same object
 * until it changes.
 */
export function useLiveFindings(
  brief: BriefForChecks | null,
  content: DraftContent,
): ExampleFinding[] {
  const settled = useDeferredValue(content);
  return useMemo(() => checkExample(brief ?? NO_BRIEF, settled), [brief, settled]);
}
