import { type Content, contentSchema } from '@/lib/examples/content';
import { MAX_LABEL_LENGTH, MAX_TAGS } from '@/lib/examples/example-schema';
import type { BadReason, Mapping, Reading } from '@/lib/imports/import-schema';
import { badReasons } from '@/lib/imports/import-schema';
import { type BadRow, badRow, type SourceRow } from '@/lib/imports/readers/reader';

/** A row that can become an example. */
export type ImportItem = {
  kind: 'item';
  line: number;
  content: Content;
  topic: string | null;
  groupKey: string | null;
  tags: string[];
  /** The author as the file names them; '' where it names none. */
  author: string;
};

export type MapContext = { reading: Reading; mapping: Mapping };

/** Applies a mapping to a row of the file. Texts are kept character for character. */
export function mapRow(row: SourceRow, { reading, mapping }: MapContext): ImportItem | BadRow {
  const cell = (column: number | null) => (column === null ? '' : (row.values[column] ?? ''));
  const isUnreadable = (text: string) => canHoldUnreadable(reading) && text.includes('\ufffd');
  const refuse = (reason: BadReason, column: string | null) =>
    badRow(row.line, reason, sourceOf(row), column);

  const system = cell(mapping.system);
  const source = row.conversation ?? {
    messages: [{ role: 'user' as const, content: cell(mapping.prompt) }],
    reply: cell(mapping.reply),
    ...(system.trim() === '' ? {} : { system }),
  };
  const nameOf = (part: 'prompt' | 'reply' | 'system') =>
    row.conversation || mapping[part] === null
      ? part
      : reading.columns[mapping[part]] || String(mapping[part] + 1);

  const parsed = contentSchema.safeParse(source);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const part =
      issue?.path[0] === 'reply' || issue?.path[0] === 'system' ? issue.path[0] : 'prompt';
    return refuse(toReason(issue?.message), nameOf(part));
  }
  const content = parsed.data;
  if (canHoldUnreadable(reading)) {
    if (isUnreadable(content.reply)) return refuse('undecodable', nameOf('reply'));
    if (content.messages.some((message) => isUnreadable(message.content)))
      return refuse('undecodable', nameOf('prompt'));
  }

  const topic = toLabel(cell(mapping.topic));
  const groupKey = toLabel(cell(mapping.group));
  const tags = toTags(mapping.tags.map((column) => cell(column)));
  for (const [target, label] of [
    ['topic', topic],
    ['group', groupKey],
  ] as const) {
    const fault = label && labelFault(label, MAX_LABEL_LENGTH);
    if (fault) return refuse(fault, reading.columns[mapping[target] ?? -1] || target);
  }
  const tagsColumn = reading.columns[mapping.tags[0] ?? -1] || 'tags';
  if (tags.length > MAX_TAGS) return refuse('tooManyTags', tagsColumn);
  for (const tag of tags) {
    const fault = labelFault(tag, MAX_LABEL_LENGTH);
    if (fault) return refuse(fault, tagsColumn);
  }
  return {
    kind: 'item',
    line: row.line,
    content,
    topic,
    groupKey,
    tags,
    author: cell(mapping.author).trim(),
  };
}

/** A legacy encoding decodes anything; UTF-16, and UTF-8 that is none, leave replacement characters. */
function canHoldUnreadable(reading: Reading): boolean {
  if (reading.encoding === 'utf-8') return !reading.isUtf8;
  return !reading.encoding.startsWith('windows') && !reading.encoding.startsWith('iso');
}

/** What a person needs to mend the row: its cells, or the conversation as text. */
function sourceOf(row: SourceRow): string[] {
  if (!row.conversation) return row.values;
  return [JSON.stringify(row.conversation), ...row.values];
}

function toReason(message: string | undefined): BadReason {
  return (badReasons as readonly string[]).includes(message ?? '')
    ? (message as BadReason)
    : 'notText';
}

function toLabel(text: string): string | null {
  const label = text.replace(/\s+/gu, ' ').trim();
  return label === '' ? null : label;
}

function toTags(cells: string[]): string[] {
  const tags = cells.flatMap((text) => text.split(/[,;|\n]/)).map(toLabel);
  return [...new Set(tags.filter((tag) => tag !== null))];
}

function labelFault(label: string, limit: number): BadReason | null {
  if (label.includes('\u0000')) return 'nul';
  if (!label.isWellFormed()) return 'loneSurrogate';
  return label.length > limit ? 'tooLong' : null;
}
