import { z } from 'zod';

/** Largest file that is taken, in bytes. */
export const MAX_IMPORT_BYTES = 500_000_000;
/** What an import is called whose file was erased; the file is gone. */
export const ERASED_FILE_NAME = '–';
/** Longest row, in UTF-16 code units; a longer one is a bad row that is never held whole. */
export const MAX_ROW_LENGTH = 8_000_000;
/** Bad rows that are kept for the list and the download; the count goes on. */
export const MAX_BAD_ROWS_KEPT = 50_000;
export const PREVIEW_ROWS = 20;
export const MAX_COLUMNS = 500;

export const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-15',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const;
export type Encoding = (typeof encodings)[number];

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const importFormats = ['csv', 'jsonl'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** How a file is read: what was detected, or what a person chose instead. */
export const readingSchema = z.strictObject({
  format: z.enum(importFormats),
  encoding: z.enum(encodings),
  /** Every byte of the file is UTF-8; where it is not, unreadable characters make bad rows. */
  isUtf8: z.boolean(),
  /** CSV only. */
  delimiter: z.enum(delimiters),
  header: z.boolean(),
  newline: z.enum(['lf', 'cr']),
  /** Names of the columns in their order; '' where the file gives none. */
  columns: z.array(z.string().max(1_000)).max(MAX_COLUMNS),
});
export type Reading = z.infer<typeof readingSchema>;

/** What a person may change about the reading. */
export const readingChangeSchema = z
  .strictObject({
    format: z.enum(importFormats),
    encoding: z.enum(encodings),
    delimiter: z.enum(delimiters),
    header: z.boolean(),
  })
  .partial();
export type ReadingChange = z.infer<typeof readingChangeSchema>;

const columnIndex = z
  .int()
  .min(0)
  .max(MAX_COLUMNS - 1);

/** Which column feeds what. One column may feed several targets; null = nothing does. */
export const mappingSchema = z.strictObject({
  prompt: columnIndex.nullable(),
  reply: columnIndex.nullable(),
  system: columnIndex.nullable(),
  topic: columnIndex.nullable(),
  group: columnIndex.nullable(),
  author: columnIndex.nullable(),
  tags: z.array(columnIndex).max(20),
});
export type Mapping = z.infer<typeof mappingSchema>;

export const singleTargets = ['prompt', 'reply', 'system', 'topic', 'group', 'author'] as const;
export type SingleTarget = (typeof singleTargets)[number];

/** Why a row cannot be imported; keys of `imports.reasons`. */
export const badReasons = [
  'unclosedQuote',
  'textAfterQuote',
  'tooManyColumns',
  'tooFewColumns',
  'rowTooLong',
  'undecodable',
  'empty',
  'tooLong',
  'nul',
  'loneSurrogate',
  'notJson',
  'tooDeep',
  'notObject',
  'noMessages',
  'tooManyMessages',
  'messageNotObject',
  'unknownRole',
  'toolCalls',
  'contentParts',
  'contentMissing',
  'systemNotFirst',
  'noUserMessage',
  'lastNotUser',
  'lastNotAssistant',
  'notText',
  'tooManyTags',
] as const;
export type BadReason = (typeof badReasons)[number];

const count = z.int().min(0);

/** What the dry run counted; after the import, what was written. */
export const countsSchema = z.strictObject({
  rows: count,
  /** Examples that the import makes. */
  fresh: count,
  duplicates: count,
  /** Of the duplicates, those of an earlier row of the same file. */
  duplicatesInFile: count,
  /** Of the fresh ones, those whose prompt is already there, or earlier in the file, with another reply. */
  otherReply: count,
  bad: count,
  /** Rows that name an author who is not a member of the workspace. */
  unknownAuthors: count,
  topics: count,
  groups: count,
  /** Replies that break a blocker of the brief. */
  blocked: count,
  undone: z.strictObject({ binned: count, kept: count }).optional(),
});
export type ImportCounts = z.infer<typeof countsSchema>;

/** The version of an import that a caller had before them. */
export const importVersionSchema = z.int().min(1).max(2_147_483_647);

export const importTargets = ['draft', 'in_review'] as const;
export type ImportTarget = (typeof importTargets)[number];

export const importStates = [
  'uploaded',
  'checking',
  'checked',
  'importing',
  'imported',
  'undoing',
  'undone',
  'failed',
  'cancelled',
] as const;
export type ImportState = (typeof importStates)[number];

export const importSteps = ['upload', 'mapping', 'check', 'done'] as const;
export type ImportStep = (typeof importSteps)[number];
