import { z } from 'zod';
import { isLongEnough } from '@/lib/lineage/person-match';
import { proofArms } from '@/lib/proofs/proof-schema';
import { isStorable } from '@/lib/storable-text';

/** Examples that a search shows; the counts are of all. */
export const MAX_SHOWN = 100;

/** A name, an address or a number, as it stands in prompts, replies and groups. */
export const personSearchSchema = z.object({
  text: z.string().trim().max(200).refine(isStorable).refine(isLongEnough),
  /** Also inside a longer word; else at the borders of words. */
  partOfWord: z.boolean().default(false),
  /** Examples that hold the text and are about somebody else. */
  except: z.array(z.uuid()).max(MAX_SHOWN).default([]),
});
export type PersonSearch = z.input<typeof personSearchSchema>;

export const erasureCountsSchema = z.object({
  examples: z.int().nonnegative(),
  revisions: z.int().nonnegative(),
  /** Examples of these that stand in a frozen release. */
  released: z.int().nonnegative(),
  releases: z.int().nonnegative(),
  /** Training files that hold at least one of the examples. */
  files: z.int().nonnegative(),
  models: z.int().nonnegative(),
  /** Answers of models. */
  answers: z.int().nonnegative(),
  /** Proofs that hold anything of it. */
  proofs: z.int().nonnegative().default(0),
  /** Held-out examples, answers, reasons of voters and topics in them. */
  proofTexts: z.int().nonnegative().default(0),
  /** Items, answers and reasons of the regression set and of models in use. */
  regressionTexts: z.int().nonnegative().default(0),
  /** Marks of wrong answers: with their answer they go, otherwise their note does. */
  marks: z.int().nonnegative().default(0),
  imports: z.int().nonnegative(),
  /** Rows that an import could not use and kept. */
  badRows: z.int().nonnegative(),
  /** Jobs whose input or result holds the text: questions to a model, searches. */
  jobs: z.int().nonnegative(),
  /** Earlier topics and tags that bulk changes keep for their undo. */
  bulkItems: z.int().nonnegative().default(0),
  /** Notes of releases. */
  notes: z.int().nonnegative().default(0),
});
export type ErasureCounts = z.infer<typeof erasureCountsSchema>;

/**
 * The confirmation names what the person saw by the hash that the search gave (`seen`); anything
 * else by now is a conflict.
 */
export const erasePersonSchema = personSearchSchema.extend({
  seen: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ErasePersonInput = z.input<typeof erasePersonSchema>;

export const continueErasureSchema = z.object({ erasureId: z.uuid() });

/** Most examples that one erasure takes. */
export const MAX_ERASED_EXAMPLES = 5_000;

/** What a job erases: ids alone, so that nothing of the person stands in its row. */
export const eraseJobSchema = z.strictObject({
  exampleIds: z.array(z.uuid()),
  importIds: z.array(z.uuid()),
  badRows: z.array(z.strictObject({ importId: z.uuid(), line: z.int() })),
  answers: z.array(
    z.strictObject({ modelId: z.uuid(), exampleId: z.uuid(), arm: z.enum(['base', 'tuned']) }),
  ),
  proofAnswers: z
    .array(z.strictObject({ proofId: z.uuid(), exampleId: z.uuid(), arm: z.enum(proofArms) }))
    .default([]),
  proofVotes: z.array(z.strictObject({ proofId: z.uuid(), id: z.uuid() })).default([]),
  /** Rows of proofs: those of the examples, and others whose topic holds the text. */
  proofItems: z.array(z.strictObject({ proofId: z.uuid(), exampleId: z.uuid() })).default([]),
  regressionAnswers: z
    .array(
      z.strictObject({
        modelId: z.uuid(),
        itemId: z.string().max(40),
        arm: z.enum(['base', 'tuned']),
      }),
    )
    .default([]),
  regressionItemIds: z.array(z.uuid()).default([]),
  modelUseIds: z.array(z.uuid()).default([]),
  /** Marks of wrong answers that name the person, or whose answer is touched. */
  marks: z.array(z.strictObject({ modelId: z.uuid(), exampleId: z.uuid() })).default([]),
  jobIds: z.array(z.uuid()),
  /** Imports whose column names hold the text: the first line of a file without a header. */
  columnImportIds: z.array(z.uuid()).default([]),
  bulkItems: z.array(z.strictObject({ jobId: z.uuid(), exampleId: z.uuid() })).default([]),
  /** Releases whose note holds the text. */
  noteReleaseIds: z.array(z.uuid()).default([]),
});
export type EraseJobInput = z.infer<typeof eraseJobSchema>;

/** For a job that goes on with an erasure whose rows are gone. */
export const nothingTouched: EraseJobInput = eraseJobSchema.parse({
  exampleIds: [],
  importIds: [],
  badRows: [],
  answers: [],
  jobIds: [],
});

export const lineSearchSchema = z.object({ line: z.string().trim().min(2).max(1_000_000) });
