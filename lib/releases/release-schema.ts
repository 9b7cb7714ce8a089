import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

export const splits = ['training', 'validation', 'held_out'] as const;
export type Split = (typeof splits)[number];

/** Smallest dataset that a release accepts, and the size of the held-out set below which it warns. */
export const MIN_EXAMPLES = 10;
export const MIN_KEYS = 3;
export const FEW_HELD_OUT = 50;
/** Held-out rows when more are held back: so many, but never more than this share of all rows. */
const RESERVED_SHARE = 0.3;

/** How many rows are to be held out when an admin asks to hold back more than a tenth. */
export function reservedRows(eligible: number): number {
  return Math.min(FEW_HELD_OUT, Math.floor(eligible * RESERVED_SHARE));
}

/** Why an example that is not in the bin stays out of a release. */
export const exclusionReasons = [
  'draft',
  'in_review',
  'sent_back',
  'retired',
  'blocker',
  'split_conflict',
  'seen_in_proof',
  'approved_by_token',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];
/** Reasons that only the plan of a release tells, not the example itself. */
export const plannedReasons = ['split_conflict', 'seen_in_proof', 'approved_by_token'] as const;
export type PlannedReason = (typeof plannedReasons)[number];
export const isPlanned = (reason: ExclusionReason): reason is PlannedReason =>
  plannedReasons.some((planned) => planned === reason);

export const releaseCountsSchema = z.object({
  training: z.int(),
  validation: z.int(),
  heldOut: z.int(),
  keys: z.object({ training: z.int(), validation: z.int(), heldOut: z.int() }),
  excluded: z.partialRecord(z.enum(exclusionReasons), z.int()),
  /** Approved while an older version of the brief was in force. */
  olderBrief: z.int(),
  /** Held-out rows whose reply also stands in training. */
  heldOutReplyKnown: z.int(),
  /** Of the held-out examples; absent in releases that were frozen before seen ones retired. */
  seen: z
    .object({
      /** Seen in a proof, and from this release on in none. */
      retired: z.int(),
      /** Held out for the first time, and near nothing that was seen. */
      fresh: z.int(),
      /** Seen, and still in it because nothing fresh can stand in their place. */
      staying: z.int(),
    })
    .optional(),
});
export type ReleaseCounts = z.infer<typeof releaseCountsSchema>;

export const releaseCreateSchema = z.object({
  datasetId: z.uuid(),
  /** The approved brief that the admin saw in the preview. */
  briefId: z.uuid(),
  note: z.string().trim().max(500).refine(isStorable).default(''),
  /** Places more new groups in held-out, so that a proof can tell something. */
  reserveMore: z.boolean().optional(),
});

export const releaseListSchema = z.object({ datasetId: z.uuid() });
