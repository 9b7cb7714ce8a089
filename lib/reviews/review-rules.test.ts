import { describe, expect, test } from 'vitest';
import { exampleStatuses } from '@/lib/examples/example-rules';
import { roles } from '@/lib/permissions';
import { fourEyesCases, type Step } from '@/lib/reviews/review-cases';
import {
  approvalObstacle,
  type Contribution,
  statusAfterDecision,
} from '@/lib/reviews/review-rules';

function contributionsOf(steps: Step[]): Contribution[] {
  const made: Contribution[] = [];
  for (const step of steps) {
    const newest = made.at(-1);
    if ('write' in step || 'correct' in step) {
      made.push({
        ordinal: made.length + 1,
        authorId: 'write' in step ? step.write : step.correct,
        coAuthorId: 'write' in step ? (step.with ?? null) : null,
        approvedBy: [],
      });
    } else if (newest) {
      newest.approvedBy =
        'approve' in step
          ? [...newest.approvedBy, step.approve]
          : newest.approvedBy.filter((id) => id !== step.withdraw);
    }
  }
  return made;
}

const plain = {
  reviewer: { userId: 'b', role: 'reviewer' },
  status: 'in_review',
  ordinal: 1,
  contributions: contributionsOf([{ write: 'a' }]),
  blockers: 0,
} as const;

describe('four eyes', () => {
  test.each(fourEyesCases)('$name: $expected', ({ steps, reviewer, expected }) => {
    const contributions = contributionsOf(steps);
    const input = { ...plain, contributions, ordinal: contributions.length };
    expect(approvalObstacle({ ...input, reviewer: { userId: reviewer, role: 'reviewer' } })).toBe(
      expected,
    );
    const shuffled = contributions.toReversed();
    expect(
      approvalObstacle({
        ...input,
        contributions: shuffled,
        reviewer: { userId: reviewer, role: 'admin' },
      }),
    ).toBe(expected);
  });
});

test.each(roles)('a %s approves only with the role for it', (role) => {
  const expected = role === 'writer' ? 'role' : null;
  expect(approvalObstacle({ ...plain, reviewer: { userId: 'b', role } })).toBe(expected);
});

test.each(exampleStatuses)('an example that is %s is approved only in review', (status) => {
  const expected = status === 'in_review' ? null : 'notInReview';
  expect(approvalObstacle({ ...plain, status })).toBe(expected);
});

test('an old revision is not approved', () => {
  const contributions = contributionsOf([{ write: 'a' }, { write: 'a' }]);
  expect(approvalObstacle({ ...plain, contributions, ordinal: 1 })).toBe('oldRevision');
  expect(approvalObstacle({ ...plain, contributions, ordinal: 2 })).toBeNull();
});

test('a blocker prevents the approval of an otherwise good text', () => {
  expect(approvalObstacle({ ...plain, blockers: 1 })).toBe('blockers');
});

test.each([
  ['approve', 'approved'],
  ['correct', 'in_review'],
  ['send_back', 'sent_back'],
] as const)('%s leaves an example %s', (decision, status) => {
  expect(statusAfterDecision(decision)).toBe(status);
});
