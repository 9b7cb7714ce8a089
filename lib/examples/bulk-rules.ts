import { z } from 'zod';
import {
  exampleStatuses,
  type Move,
  moves,
  type Refusal,
  refusalOfMove,
  statusAfterMove,
} from '@/lib/examples/example-rules';
import { type BulkMoveKind, MAX_TAGS } from '@/lib/examples/example-schema';

/** What a bulk change can change, and its undo puts back. */
export const placeSchema = z.object({
  status: z.enum(exampleStatuses),
  statusBeforeRetire: z.enum(exampleStatuses).nullable(),
  submittedAt: z.string().nullable(),
  topic: z.string().nullable(),
  tags: z.array(z.string()),
});
export type Place = z.infer<typeof placeSchema>;

/** Why a selected example was left as it is: a key below `examples.skipped`. */
export type SkipReason = Refusal | 'unchanged' | 'tooManyTags' | 'missing' | 'changedSince';

export type BulkDecision =
  | { outcome: 'done'; place: Place }
  | { outcome: 'copy' }
  | { outcome: 'skipped'; reason: SkipReason };

/** What a bulk change makes of one example. `now` is the moment, as an ISO text. */
export function decideBulk(
  before: Place & { isApproved: boolean },
  move: BulkMoveKind,
  now: string,
): BulkDecision {
  const { isApproved, ...place } = before;
  switch (move.kind) {
    case 'submit':
    case 'take_back':
    case 'retire':
    case 'unretire': {
      const status = statusAfterMove(before, move.kind);
      if (!status) return { outcome: 'skipped', reason: refusalOfMove(place.status, move.kind) };
      return {
        outcome: 'done',
        place: {
          ...place,
          status,
          statusBeforeRetire: move.kind === 'retire' ? place.status : null,
          submittedAt: status === 'in_review' ? now : null,
        },
      };
    }
    case 'duplicate':
      return { outcome: 'copy' };
    case 'set_topic':
      return place.topic === move.topic
        ? { outcome: 'skipped', reason: 'unchanged' }
        : { outcome: 'done', place: { ...place, topic: move.topic } };
    case 'add_tag':
      if (place.tags.includes(move.tag)) return { outcome: 'skipped', reason: 'unchanged' };
      if (place.tags.length >= MAX_TAGS) return { outcome: 'skipped', reason: 'tooManyTags' };
      return { outcome: 'done', place: { ...place, tags: [...place.tags, move.tag] } };
    case 'remove_tag':
      return place.tags.includes(move.tag)
        ? { outcome: 'done', place: { ...place, tags: place.tags.filter((t) => t !== move.tag) } }
        : { outcome: 'skipped', reason: 'unchanged' };
    default:
      return move satisfies never;
  }
}

/** Every selected example stands in exactly one of the counts. */
export const bulkResultSchema = z.object({
  jobId: z.string(),
  selected: z.number(),
  done: z.number(),
  conflict: z.number(),
  skipped: z.record(z.string(), z.number()),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

/** Sums outcomes (`done`, `conflict`, otherwise a reason) and what was named but not found. */
export function countOutcomes(
  jobId: string,
  outcomes: { outcome: string; count: number }[],
  missing: number,
): BulkResult {
  const result: BulkResult = { jobId, selected: missing, done: 0, conflict: 0, skipped: {} };
  if (missing > 0) result.skipped.missing = missing;
  for (const { outcome, count } of outcomes) {
    result.selected += count;
    if (outcome === 'done') result.done += count;
    else if (outcome === 'conflict') result.conflict += count;
    else result.skipped[outcome] = (result.skipped[outcome] ?? 0) + count;
  }
  return result;
}

export const isMove = (kind: string): kind is Move => (moves as readonly string[]).includes(kind);
