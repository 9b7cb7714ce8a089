import { createHash } from 'node:crypto';
import { place } from '@/lib/releases/placement';
import type { Placement } from '@/lib/releases/placing';
import type { ReleaseCandidate } from '@/lib/releases/release-candidates';
import type { ExclusionReason, ReleaseCounts, Split } from '@/lib/releases/release-schema';

export type PlannedItem = {
  exampleId: string;
  revisionId: string;
  reviewId: string;
  split: Split;
  position: number;
  replyKnown: boolean;
};

export type ReleasePlan = {
  items: PlannedItem[];
  placed: Placement['placed'];
  conflicts: Placement['conflicts'];
  seen: Placement['seen'];
  /** Approved by access token, which the dataset does not count. */
  byToken: Set<string>;
  refusal: Placement['refusal'];
  counts: Omit<ReleaseCounts, 'excluded'> & { seen: NonNullable<ReleaseCounts['seen']> };
};

const replyKey = (text: string) => createHash('sha256').update(text.trim()).digest('base64');

/**
 * What a release of these candidates holds. Pure. Rows stand in each split in the order of their
 * numbers; `replyKnown` marks rows whose reply also stands in this release's training split.
 */
export function planRelease(
  candidates: readonly ReleaseCandidate[],
  seed: string,
  briefId: string,
  options: { reserveMore?: boolean | undefined } = {},
): ReleasePlan {
  const placement = place(candidates, seed, options);
  const positions: Record<Split, number> = { training: 0, validation: 0, held_out: 0 };
  const chosen = candidates.flatMap((candidate) => {
    const split = candidate.split ?? placement.placed.get(candidate.id);
    if (
      !candidate.eligible ||
      !candidate.reviewId ||
      !split ||
      placement.conflicts.has(candidate.id) ||
      placement.seen.out.has(candidate.id)
    )
      return [];
    return [{ candidate, reviewId: candidate.reviewId, split }];
  });
  const trained = new Set(
    chosen
      .filter(({ split }) => split === 'training')
      .map(({ candidate }) => replyKey(candidate.replyText)),
  );
  const items = chosen.map(({ candidate, reviewId, split }) => ({
    exampleId: candidate.id,
    revisionId: candidate.revisionId,
    reviewId,
    split,
    position: positions[split]++,
    replyKnown: split !== 'training' && trained.has(replyKey(candidate.replyText)),
  }));
  return {
    items,
    placed: placement.placed,
    conflicts: placement.conflicts,
    seen: placement.seen,
    byToken: new Set(candidates.flatMap(({ id, isByToken }) => (isByToken ? id : []))),
    refusal: placement.refusal,
    counts: {
      training: positions.training,
      validation: positions.validation,
      heldOut: positions.held_out,
      keys: {
        training: placement.keys.training,
        validation: placement.keys.validation,
        heldOut: placement.keys.held_out,
      },
      olderBrief: chosen.filter(({ candidate }) => candidate.briefId !== briefId).length,
      heldOutReplyKnown: items.filter((item) => item.split === 'held_out' && item.replyKnown)
        .length,
      seen: {
        retired: placement.seen.retired.size,
        fresh: placement.seen.fresh.size,
        staying: placement.seen.staying.size,
      },
    },
  };
}

/** How many examples stay out, by reason. */
export function countExclusions(
  exclusions: readonly { reason: ExclusionReason }[],
): ReleaseCounts['excluded'] {
  const counts: ReleaseCounts['excluded'] = {};
  for (const { reason } of exclusions) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
