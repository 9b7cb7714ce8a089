import type { ApprovalObstacle } from '@/lib/reviews/review-rules';

/** One step of an example's past, by a person's letter; approvals are of the then newest revision. */
export type Step =
  | { write: string; with?: string }
  | { approve: string }
  | { withdraw: string }
  | { correct: string };

export type FourEyesCase = {
  name: string;
  steps: Step[];
  reviewer: string;
  expected: ApprovalObstacle | null;
};

/**
 * Four eyes as a table. The rule (review-rules.test.ts) and the trigger review_guard
 * (review-guard.db.test.ts) are both held against it. The example is in review at the end.
 */
export const fourEyesCases: FourEyesCase[] = [
  { name: 'a text of somebody else', steps: [{ write: 'a' }], reviewer: 'b', expected: null },
  { name: 'an own text', steps: [{ write: 'a' }], reviewer: 'a', expected: 'ownText' },
  {
    name: 'a text that the reviewer co-wrote',
    steps: [{ write: 'a', with: 'b' }],
    reviewer: 'b',
    expected: 'ownText',
  },
  {
    name: 'a text that somebody else co-wrote',
    steps: [{ write: 'a', with: 'b' }],
    reviewer: 'c',
    expected: null,
  },
  {
    name: 'a text that the reviewer wrote and somebody else edited',
    steps: [{ write: 'a' }, { write: 'b' }],
    reviewer: 'a',
    expected: 'contributed',
  },
  {
    name: 'the same for the editor',
    steps: [{ write: 'a' }, { write: 'b' }],
    reviewer: 'b',
    expected: 'ownText',
  },
  {
    name: 'the same for a third person',
    steps: [{ write: 'a' }, { write: 'b' }],
    reviewer: 'c',
    expected: null,
  },
  {
    name: 'a text that the reviewer co-wrote and somebody else edited',
    steps: [{ write: 'a', with: 'b' }, { write: 'a' }],
    reviewer: 'b',
    expected: 'contributed',
  },
  {
    name: 'a text that the reviewer corrected and passed on',
    steps: [{ write: 'a' }, { correct: 'b' }],
    reviewer: 'b',
    expected: 'ownText',
  },
  {
    name: 'a corrected text, for its first writer',
    steps: [{ write: 'a' }, { correct: 'b' }],
    reviewer: 'a',
    expected: 'contributed',
  },
  {
    name: 'an own old text that somebody else approved and a third person edited',
    steps: [{ write: 'a' }, { approve: 'b' }, { write: 'c' }],
    reviewer: 'a',
    expected: null,
  },
  {
    name: 'the same for its former approver, who wrote nothing',
    steps: [{ write: 'a' }, { approve: 'b' }, { write: 'c' }],
    reviewer: 'b',
    expected: null,
  },
  {
    name: 'an own old text whose approval was withdrawn',
    steps: [{ write: 'a' }, { approve: 'b' }, { withdraw: 'b' }, { write: 'c' }],
    reviewer: 'a',
    expected: 'contributed',
  },
  {
    name: 'an old text of the reviewer before an approval that only the reviewer gave later',
    steps: [{ write: 'a' }, { approve: 'b' }, { write: 'c' }, { approve: 'a' }, { write: 'c' }],
    reviewer: 'a',
    expected: null,
  },
  {
    name: 'an approval of one’s own does not wash off one’s own later edit',
    steps: [{ write: 'a' }, { approve: 'b' }, { write: 'b' }, { write: 'c' }],
    reviewer: 'b',
    expected: 'contributed',
  },
  {
    name: 'a text approved by somebody else after the reviewer’s edit, then edited again',
    steps: [{ write: 'a' }, { write: 'b' }, { approve: 'c' }, { write: 'a' }],
    reviewer: 'b',
    expected: null,
  },
  {
    name: 'a text approved and withdrawn by the reviewer',
    steps: [{ write: 'a' }, { approve: 'b' }, { withdraw: 'b' }],
    reviewer: 'b',
    expected: null,
  },
  {
    name: 'a withdrawn text, for its writer',
    steps: [{ write: 'a' }, { approve: 'b' }, { withdraw: 'b' }],
    reviewer: 'a',
    expected: 'ownText',
  },
  {
    name: 'an approved own text that its writer edited again',
    steps: [{ write: 'a' }, { approve: 'b' }, { write: 'a' }],
    reviewer: 'a',
    expected: 'ownText',
  },
  {
    name: 'the second newest approval counts once the newest was withdrawn',
    steps: [
      { write: 'a' },
      { approve: 'b' },
      { write: 'd' },
      { approve: 'b' },
      { withdraw: 'b' },
      { write: 'c' },
    ],
    reviewer: 'd',
    expected: 'contributed',
  },
];
