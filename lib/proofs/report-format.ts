import { z } from 'zod';
import { manifestSignatureSchema } from '@/lib/exports/manifest';
import {
  opponentArms,
  proofArms,
  proofMeasures,
  proofSettingsSchema,
  proofValidationSchema,
  voteChoices,
} from '@/lib/proofs/proof-schema';

/**
 * The signed report of a proof is JSON Lines, like the manifest of a release: a header with what
 * was committed to, a line per held-out example, a line per row of the vote, the result, and an
 * Ed25519 signature over the SHA-256 of every byte before it. Each line is exactly what
 * JSON.stringify gives for its object.
 */
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();
const byArm = <T extends z.ZodType>(value: T) =>
  z.strictObject({
    base: value.nullable(),
    base_examples: value.nullable(),
    tuned: value.nullable(),
    nearest: value.nullable(),
  });

/** 3: any two can be compared, so sides are told of the candidate. 4: answers are committed to. */
export const REPORT_VERSION = 4;

export const reportHeaderSchema = z.strictObject({
  kind: z.literal('header'),
  reportVersion: z.literal(REPORT_VERSION),
  app: z.string(),
  workspaceId: z.uuid(),
  datasetId: z.uuid(),
  releaseId: z.uuid(),
  releaseNumber: z.int().positive(),
  modelId: z.uuid(),
  adapterSha256: z.string(),
  proofId: z.uuid(),
  plan: z.strictObject({
    releaseId: z.uuid(),
    measure: z.enum(proofMeasures),
    barOf100: z.int(),
    marginOf100: z.int(),
    votesPerPrompt: z.int(),
    candidate: z.enum(proofArms),
    opponent: z.enum(opponentArms).nullable(),
  }),
  planCommitment: hex64,
  planSealedAt: instant,
  runStartedAt: instant.nullable(),
  runOrdinal: z.int().positive(),
  alpha: z.number(),
  opponent: z.enum(opponentArms),
  heldOutCommitment: hex64,
  orderSeed: hex64,
  sideSecret: hex64,
  commitment: hex64,
  /** None where the proof was answered before answers were committed to. */
  answersCommitment: hex64.nullable(),
  begunAt: instant,
  answeredAt: instant,
  closedAt: instant,
  settings: proofSettingsSchema.strict(),
  validation: proofValidationSchema.strict(),
});

export const reportItemSchema = z.strictObject({
  kind: z.literal('item'),
  exampleId: z.uuid(),
  position: z.int().nonnegative(),
  groupNumber: z.int().positive(),
  replyKnown: z.boolean(),
  contentHash: hex64,
  answers: byArm(hex64),
  passes: byArm(z.boolean()),
  wholes: byArm(z.boolean()),
});

export const reportVoteSchema = z.strictObject({
  kind: z.literal('vote'),
  ordinal: z.int().positive(),
  voter: z.string().regex(/^[0-9a-f]{16}$/),
  exampleId: z.uuid(),
  choice: z.enum(voteChoices).nullable(),
  guess: z.enum(voteChoices).nullable(),
  reasonSha256: hex64.nullable(),
  undoes: z.int().positive().nullable(),
  candidateOnA: z.boolean(),
  at: instant,
  hash: hex64,
});

export const reportResultSchema = z.strictObject({
  kind: z.literal('result'),
  items: z.int().nonnegative(),
  votes: z.int().nonnegative(),
  /** Hash of the last row of the vote; where nobody voted, what its chain would begin at. */
  lastHash: hex64,
  verdicts: z.array(
    z.strictObject({
      part: z.enum(['fresh', 'known']),
      verdict: z.string(),
      groups: z.int().nonnegative(),
      counted: z.int().nonnegative(),
      lower: z.number(),
      upper: z.number(),
      qualityLower: z.number(),
    }),
  ),
});

export const reportSignatureSchema = manifestSignatureSchema;

export type ReportHeader = z.infer<typeof reportHeaderSchema>;
export type ReportItem = z.infer<typeof reportItemSchema>;
export type ReportVote = z.infer<typeof reportVoteSchema>;
export type ReportResult = z.infer<typeof reportResultSchema>;

export const reportLineSchema = z.discriminatedUnion('kind', [
  reportHeaderSchema,
  reportItemSchema,
  reportVoteSchema,
  reportResultSchema,
  reportSignatureSchema,
]);
