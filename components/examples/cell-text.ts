import type { Content, DraftContent } from '@/lib/examples/content';
import type { ExampleRow } from '@/lib/examples/example-queries';
import { MAX_LABEL_LENGTH } from '@/lib/examples/example-schema';
import type { CommitInput } from './commit-queue';

export type EditablePart = 'prompt' | 'reply' | 'topic' | 'tags';
export const isEditablePart = (column: string): column is EditablePart =>
  ['prompt', 'reply', 'topic', 'tags'].includes(column);

/** What a cell editor starts from: the texts whole, and the version that they have. */
export type WholeText = {
  version: number;
  prompt: string;
  reply: string;
  topic: string | null;
  tags: string[];
};

/** The row as the editor's start, where it carries its texts whole. */
export function wholeOf(row: ExampleRow): WholeText | null {
  if (!row.isWhole) return null;
  const { version, prompt, reply, topic, tags } = row;
  return { version, prompt, reply, topic, tags };
}

export function toText(whole: WholeText, part: EditablePart): string {
  if (part === 'tags') return whole.tags.join(', ');
  return whole[part] ?? '';
}

const toLabel = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, MAX_LABEL_LENGTH);

/** The tags of "one, two". */
export function parseTags(text: string): string[] {
  return [...new Set(text.split(',').map(toLabel).filter(Boolean))].slice(0, 30);
}

/** The change that a cell's text stands for. */
export function toInput(
  row: ExampleRow,
  whole: WholeText,
  part: EditablePart,
  text: string,
): CommitInput {
  const common = { id: row.id, number: row.number, version: whole.version };
  switch (part) {
    case 'reply':
      return { ...common, changes: { reply: text }, base: { reply: whole.reply } };
    case 'prompt':
      return {
        ...common,
        changes: { messages: [{ role: 'user', content: text }] },
        base: { messages: [{ role: 'user', content: whole.prompt }] },
      };
    case 'topic':
      return { ...common, changes: { topic: toLabel(text) || null }, base: { topic: whole.topic } };
    case 'tags':
      return { ...common, changes: { tags: parseTags(text) }, base: { tags: whole.tags } };
    default:
      return part satisfies never;
  }
}

/** Whether two texts are the same for people and for the hash. */
export function isSameContent(a: DraftContent | Content, b: DraftContent | Content): boolean {
  const key = (content: DraftContent | Content) =>
    JSON.stringify([
      content.system || null,
      content.messages.map(({ role, content: text }) => [role, text]),
      content.reply,
    ]);
  return key(a) === key(b);
}
