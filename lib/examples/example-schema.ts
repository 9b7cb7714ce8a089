import { z } from 'zod';
import { draftContentSchema, messageSchema, textSchema } from '@/lib/examples/content';
import { exampleStatuses } from '@/lib/examples/example-rules';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '@/lib/paging';
import { isStorable } from '@/lib/storable-text';

export const MAX_LABEL_LENGTH = 120;
export const MAX_TAGS = 30;
/** A change of more examples than this runs as a job. */
export const MAX_BULK_IN_REQUEST = 500;
/** Most examples that may be named one by one; more travel as the filter. */
export const MAX_BULK_IDS = 5_000;
/** What the database's whole numbers end at. */
const MAX_VERSION = 2_147_483_647;

export const idSchema = z.uuid('badId');
const versionSchema = z.int().min(1).max(MAX_VERSION);

/** A topic, tag or group key: one line, no blanks at its ends. */
export const labelSchema = z
  .string()
  .trim()
  .min(1, 'empty')
  .max(MAX_LABEL_LENGTH, 'tooLong')
  .refine(isStorable, 'notText')
  .refine((text) => !/[\r\n\t]/.test(text), 'oneLine');

export const tagsSchema = z
  .array(labelSchema)
  .max(MAX_TAGS, 'tooManyTags')
  .transform((tags) => [...new Set(tags)]);

// ───────────── Filter, sort, cursor ─────────────

export const searchTextSchema = z.string().trim().min(1).max(200).refine(isStorable, 'notText');

/** What a list shows. An absent part does not filter; `topic: ''` means examples without a topic. */
export const exampleFilterSchema = z.strictObject({
  status: z.array(z.enum(exampleStatuses)).min(1).max(exampleStatuses.length).optional(),
  topic: z.union([z.literal(''), labelSchema]).optional(),
  tag: labelSchema.optional(),
  author: idSchema.optional(),
  /** The id of a house-style rule, or the name of a check that belongs to no rule. */
  rule: z
    .string()
    .regex(/^[a-z0-9_-]{1,64}$/i, 'badId')
    .optional(),
  blocker: z.literal(true).optional(),
  importId: idSchema.optional(),
  q: searchTextSchema.optional(),
});
export type ExampleFilter = z.infer<typeof exampleFilterSchema>;

export const sortKeys = ['number', 'updatedAt', 'topic', 'status', 'author'] as const;
export type SortKey = (typeof sortKeys)[number];
export const exampleSortSchema = z.strictObject({
  key: z.enum(sortKeys),
  direction: z.enum(['asc', 'desc']),
});
export type ExampleSort = z.infer<typeof exampleSortSchema>;
export const defaultSort: ExampleSort = { key: 'number', direction: 'desc' };

/**
 * Where a page begins: the sort key and the number of the row at its border. `at` is the position
 * of the page's first row, for people only.
 */
const cursorSchema = z.strictObject({
  s: z.enum(sortKeys),
  d: z.enum(['asc', 'desc']),
  go: z.enum(['next', 'prev']),
  /** Key of the border row as text; null for an absent topic. */
  k: z.string().max(400).refine(isStorable).nullable(),
  n: z.int().min(0).max(2_147_483_647),
  at: z.int().min(0).max(2_147_483_647),
});
export type Cursor = z.infer<typeof cursorSchema>;

const keyPattern: Record<SortKey, RegExp> = {
  number: /^$/,
  updatedAt: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/,
  topic: /^[\s\S]*$/,
  status: new RegExp(`^(${exampleStatuses.join('|')})$`),
  author: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
};

export function formatCursor(cursor: Cursor): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(cursor))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

/** The cursor of a text, or null for anything that `formatCursor` did not make for this sort. */
export function parseCursor(text: string, sort: ExampleSort): Cursor | null {
  if (text.length > 2_000) return null;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) =>
      char.charCodeAt(0),
    );
    const cursor = cursorSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    if (cursor.s !== sort.key || cursor.d !== sort.direction) return null;
    if (cursor.k === null ? cursor.s !== 'topic' : !keyPattern[cursor.s].test(cursor.k))
      return null;
    return cursor;
  } catch {
    return null;
  }
}

export const findExamplesSchema = z.strictObject({
  datasetId: idSchema,
  filter: exampleFilterSchema.default({}),
  sort: exampleSortSchema.default(defaultSort),
  cursor: z.string().max(2_000).nullable().default(null),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(DEFAULT_PAGE_SIZE),
});
export type FindExamples = z.input<typeof findExamplesSchema>;

// ───────────── Writes ─────────────

const described = {
  topic: labelSchema.nullable().optional(),
  tags: tagsSchema.optional(),
  groupKey: labelSchema.nullable().optional(),
};

const newMessages = z.array(messageSchema).min(1, 'empty').max(200, 'tooManyMessages');

export const exampleCreateSchema = z.strictObject({
  /** Made by the caller, so that a repeated request makes one example. */
  id: idSchema.optional(),
  datasetId: idSchema,
  system: textSchema.optional(),
  messages: newMessages,
  reply: textSchema,
  ...described,
});
export type ExampleCreate = z.input<typeof exampleCreateSchema>;

/** Absent = unchanged; null = removed (the system message then comes from the brief). */
export const exampleChangesSchema = z.strictObject({
  system: textSchema.nullable().optional(),
  messages: newMessages.optional(),
  reply: textSchema.optional(),
  ...described,
});

export const revisionSaveSchema = z.strictObject({
  id: idSchema,
  version: versionSchema,
  changes: exampleChangesSchema,
});
export type RevisionSave = z.input<typeof revisionSaveSchema>;

export const workingCopySaveSchema = z.strictObject({
  id: idSchema,
  baseRevisionId: idSchema,
  /** The version that the last answer gave; 0 where there is no working copy yet. */
  version: z.int().min(0).max(MAX_VERSION),
  content: draftContentSchema,
});
export type WorkingCopySave = z.input<typeof workingCopySaveSchema>;

export const exampleIdSchema = z.strictObject({ id: idSchema });
export const exampleMoveSchema = z.strictObject({ id: idSchema, version: versionSchema });
export type ExampleMove = z.input<typeof exampleMoveSchema>;
export const restoreSchema = exampleMoveSchema.extend({ revisionId: idSchema });
export type RestoreInput = z.input<typeof restoreSchema>;
export const topicSetSchema = exampleMoveSchema.extend({ topic: labelSchema.nullable() });
export const tagsSetSchema = exampleMoveSchema.extend({ tags: tagsSchema });

export const dismissSchema = z.strictObject({
  findingId: idSchema,
  reason: z.string().trim().min(3, 'empty').max(500, 'tooLong').refine(isStorable, 'notText'),
});
export const reopenSchema = z.strictObject({ findingId: idSchema });

// ───────────── Bulk ─────────────

export const bulkMoveKindSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['submit', 'take_back', 'retire', 'unretire', 'duplicate']) }),
  z.strictObject({ kind: z.literal('set_topic'), topic: labelSchema.nullable() }),
  z.strictObject({ kind: z.enum(['add_tag', 'remove_tag']), tag: labelSchema }),
]);
export type BulkMoveKind = z.infer<typeof bulkMoveKindSchema>;

export const selectionSchema = z.union([
  z.strictObject({ ids: z.array(idSchema).min(1).max(MAX_BULK_IDS) }),
  z.strictObject({ filter: exampleFilterSchema }),
]);
export type Selection = z.infer<typeof selectionSchema>;

export const bulkMoveSchema = z.strictObject({
  datasetId: idSchema,
  selection: selectionSchema,
  move: bulkMoveKindSchema,
});
export type BulkMove = z.input<typeof bulkMoveSchema>;
export const bulkUndoSchema = z.strictObject({ jobId: idSchema });
