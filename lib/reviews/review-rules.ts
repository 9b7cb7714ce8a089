import type { ExampleStatus } from '@/lib/examples/example-rules';
import { can, type Role } from '@/lib/permissions';

/** Minutes that a lease on one example of the queue lasts unless the open page renews it. */
export const LEASE_MINUTES = 10;

/** One revision of an example, as far as four eyes are concerned. */
export type Contribution = {
  ordinal: number;
  authorId: string;
  coAuthorId: string | null;
  /** Who approved exactly this revision and has not withdrawn it. */
  approvedBy: string[];
};

/** Why a person may not approve a text; each is a key under reviews.obstacle. */
export const approvalObstacles = [
  'role',
  'notInReview',
  'oldRevision',
  'ownText',
  'contributed',
  'blockers',
] as const;
export type ApprovalObstacle = (typeof approvalObstacles)[number];

export type ApprovalCase = {
  reviewer: { userId: string; role: Role };
  status: ExampleStatus;
  /** The revision that the reviewer has before them. */
  ordinal: number;
  /** Every revision of the example, in any order. */
  contributions: Contribution[];
  /** Blockers of the present brief in that revision. */
  blockers: number;
};

/**
 * The first reason why this person may not approve this revision, or null where they may. The
 * trigger review_guard decides the same from the database's own rows, except for role and
 * blockers, which it does not know.
 */
export function approvalObstacle(input: ApprovalCase): ApprovalObstacle | null {
  const { reviewer, contributions } = input;
  if (!can(reviewer.role, 'review:decide')) return 'role';
  if (input.ordinal !== Math.max(...contributions.map((c) => c.ordinal))) return 'oldRevision';
  if (input.status !== 'in_review') return 'notInReview';
  const since = lastApprovedByAnother(contributions, reviewer.userId);
  const own = contributions.filter((c) => isContributor(c, reviewer.userId));
  const shown = own.find((c) => c.ordinal === input.ordinal);
  if (shown && (shown.authorId === reviewer.userId || shown.ordinal > since)) return 'ownText';
  if (own.some((c) => c.ordinal > since)) return 'contributed';
  if (input.blockers > 0) return 'blockers';
  return null;
}

/** The highest ordinal that stands approved by anybody but this person; 0 where there is none. */
export function lastApprovedByAnother(contributions: Contribution[], userId: string): number {
  return Math.max(
    0,
    ...contributions.filter((c) => c.approvedBy.some((id) => id !== userId)).map((c) => c.ordinal),
  );
}

function isContributor(contribution: Contribution, userId: string): boolean {
  return contribution.authorId === userId || contribution.coAuthorId === userId;
}

/** The status that a decision gives an example in review. */
export function statusAfterDecision(
  decision: 'approve' | 'correct' | 'send_back',
): Extract<ExampleStatus, 'approved' | 'in_review' | 'sent_back'> {
  switch (decision) {
    case 'approve':
      return 'approved';
    case 'correct':
      return 'in_review';
    case 'send_back':
      return 'sent_back';
    default:
      return decision satisfies never;
  }
}
