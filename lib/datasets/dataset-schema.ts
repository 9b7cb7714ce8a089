import { z } from 'zod';
import { isStorable } from '@/lib/storable-text';

// Messages of the schemas are keys of `datasets.errors` and `brief.errors`.
const hasWords = (text: string) => text.trim().length > 0;

export const MAX_NAME_LENGTH = 80;
export const MAX_TASK_LENGTH = 2_000;
export const MAX_SYSTEM_PROMPT_LENGTH = 20_000;
export const MAX_GUIDELINES_LENGTH = 100_000;

export const datasetNameSchema = z
  .string('empty')
  .max(MAX_NAME_LENGTH, 'tooLong')
  .refine(isStorable, 'notText')
  .transform((name) => name.normalize('NFC').replace(/\s+/gu, ' ').trim())
  .refine(hasWords, 'empty');

export const taskSchema = z
  .string('empty')
  .max(MAX_TASK_LENGTH, 'tooLong')
  .refine(isStorable, 'notText')
  .refine(hasWords, 'empty');

/** Required: it stands in every line of every training file. */
export const systemPromptSchema = z
  .string('empty')
  .max(MAX_SYSTEM_PROMPT_LENGTH, 'tooLong')
  .refine(isStorable, 'notText')
  .refine(hasWords, 'empty');

export const guidelinesSchema = z
  .string('notText')
  .max(MAX_GUIDELINES_LENGTH, 'tooLong')
  .refine(isStorable, 'notText');

export const datasetCreateSchema = z.strictObject({
  name: datasetNameSchema,
  task: taskSchema,
  systemPrompt: systemPromptSchema,
});
export type DatasetCreate = z.infer<typeof datasetCreateSchema>;

const versionSchema = z.number().int().min(1).max(2_147_483_647);

export const datasetRenameSchema = z.strictObject({
  datasetId: z.uuid(),
  version: versionSchema,
  name: datasetNameSchema,
});
export type DatasetRename = z.infer<typeof datasetRenameSchema>;

export const datasetArchiveSchema = z.strictObject({
  datasetId: z.uuid(),
  version: versionSchema,
  archived: z.boolean(),
});
export type DatasetArchive = z.infer<typeof datasetArchiveSchema>;

export const datasetTokenDecisionsSchema = z.strictObject({
  datasetId: z.uuid(),
  version: versionSchema,
  /** Whether approvals by access token count in releases. */
  allowed: z.boolean(),
});
export type DatasetTokenDecisions = z.infer<typeof datasetTokenDecisionsSchema>;
