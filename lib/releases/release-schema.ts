import { z } from 'zod';

export const splits = ['training', 'validation', 'held_out'] as const;
export type Split = (typeof splits)[number];

/** Smallest dataset that a release accepts, and the size of the held-out set below which it warns. */
export const MIN_EXAMPLES = 10;
export const MIN_KEYS = 3;
export const FEW_HELD_OUT = 50;

/** Why an example that is not in the bin stays out of a release. */
export const exclusionReasons = [
  'draft',
  'in_review',
  'sent_back',
  'retired',
  'blocker',
  'split_conflict',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

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
});
export type ReleaseCounts = z.infer<typeof releaseCountsSchema>;

export const releaseCreateSchema = z.object({
  datasetId: z.uuid(),
  /** The approved brief that the admin saw in the preview. */
  briefId: z.uuid(),
  note: z.string().trim().max(500).default(''),
});

export const releaseListSchema = z.object({ datasetId: z.uuid() });
