import type { BadReason, ImportFormat, Reading } from '@/lib/imports/import-schema';

/** A conversation that a row brings whole, before its texts are checked. */
export type RowConversation = {
  system?: string;
  messages: { role: 'user' | 'assistant'; content: string }[];
  reply: string;
};

/** A row as the file has it. */
export type SourceRow = {
  kind: 'row';
  /** Physical line where the row begins, counted from 1. */
  line: number;
  /** The cells, in the order of `reading.columns`. */
  values: string[];
  conversation?: RowConversation;
};

export type BadRow = {
  kind: 'bad';
  line: number;
  /** Name of the column, where one is to blame. */
  column: string | null;
  reason: BadReason;
  /** The cells as far as they could be read, else the raw line. */
  values: string[];
  excerpt: string;
};

export type ReadRow = SourceRow | BadRow;

export type SniffedReading = Pick<
  Reading,
  'format' | 'delimiter' | 'header' | 'newline' | 'columns'
>;

/** One source format: a file of its own in this folder and one line in the index. */
export type ImportReader = {
  format: ImportFormat;
  /** Whether the first characters look like this format. The first reader that says yes is taken. */
  recognises(head: string): boolean;
  /** Works out how to read the file from its first characters; `fixed` was chosen by a person. */
  sniff(
    head: string,
    fixed?: { delimiter?: Reading['delimiter'] | undefined; header?: boolean | undefined },
  ): SniffedReading;
  /** The rows in their order, some at a time. Holds no more than one row past a piece of the text. */
  read(text: AsyncIterable<string>, reading: Reading): AsyncIterable<ReadRow[]>;
};

const EXCERPT_LENGTH = 160;

/** The beginning of a text on one line, for lists. */
export function toExcerpt(text: string): string {
  const start = text
    .slice(0, EXCERPT_LENGTH * 2)
    .replace(/\s+/g, ' ')
    .trim();
  return start.length > EXCERPT_LENGTH ? `${start.slice(0, EXCERPT_LENGTH)}…` : start;
}

export function badRow(
  line: number,
  reason: BadReason,
  values: string[],
  column: string | null = null,
): BadRow {
  return { kind: 'bad', line, column, reason, values, excerpt: toExcerpt(values.join(' · ')) };
}
