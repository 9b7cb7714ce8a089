import type { z } from 'zod';
import type { Content } from '@/lib/examples/content';
import type { exampleChangesSchema } from '@/lib/examples/example-schema';

export type ExampleChanges = z.infer<typeof exampleChangesSchema>;
export type Description = { topic: string | null; tags: string[]; groupKey: string | null };

/** The text after the changes. An empty system message is none: the brief's is taken. */
export function applyToContent(content: Content, changes: ExampleChanges): unknown {
  const system =
    changes.system === undefined
      ? content.system
      : changes.system?.trim()
        ? changes.system
        : undefined;
  return {
    ...(system === undefined ? {} : { system }),
    messages: changes.messages ?? content.messages,
    reply: changes.reply ?? content.reply,
  };
}

/** The parts of the description that the changes really change. */
export function changedDescription(
  now: Description,
  changes: ExampleChanges,
): Partial<Description> {
  return {
    ...(changes.topic !== undefined && changes.topic !== now.topic ? { topic: changes.topic } : {}),
    ...(changes.tags && changes.tags.join('\n') !== now.tags.join('\n')
      ? { tags: changes.tags }
      : {}),
    ...(changes.groupKey !== undefined && changes.groupKey !== now.groupKey
      ? { groupKey: changes.groupKey }
      : {}),
  };
}
