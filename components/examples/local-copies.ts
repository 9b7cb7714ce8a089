import { z } from 'zod';

/**
 * What a person typed and the server does not have yet, kept in this browser. The key names the
 * person, so that the next one on the same machine does not see it; all copies begin alike, so
 * that signing out finds those of other parts of the app too.
 */
const prefix = (userId: string) => `apprentice:draft:${userId}:`;
const keyOf = (userId: string, subject: string) => `${prefix(userId)}example:${subject}`;

const messageSchema = z.object({ role: z.enum(['user', 'assistant']), content: z.string() });

const localCopySchema = z.object({
  datasetId: z.string(),
  /** The example's number; null for one that does not exist yet. */
  number: z.number().nullable(),
  baseRevisionId: z.string().nullable(),
  version: z.number(),
  at: z.iso.datetime(),
  text: z.object({
    system: z.string().nullable().optional(),
    messages: z.array(messageSchema).min(1).optional(),
    reply: z.string().optional(),
    topic: z.string().nullable().optional(),
  }),
});
export type LocalCopy = z.infer<typeof localCopySchema>;

/** The subject of a new example, which has no id yet. */
export const newSubject = (datasetId: string) => `new-${datasetId}`;

export function readLocalCopy(userId: string, subject: string): LocalCopy | null {
  try {
    const parsed = localCopySchema.safeParse(
      JSON.parse(localStorage.getItem(keyOf(userId, subject)) ?? 'null'),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps a copy. False where the browser refuses: the text is then on the page only. */
export function writeLocalCopy(userId: string, subject: string, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(keyOf(userId, subject), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function removeLocalCopy(userId: string, subject: string): void {
  try {
    localStorage.removeItem(keyOf(userId, subject));
  } catch {
    // a browser that stores nothing has nothing to remove
  }
}

function keysOf(start: string): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(start));
  } catch {
    return [];
  }
}

/** Numbers of the examples of a dataset with text that is on this device only. */
export function findLocalCopies(userId: string, datasetId: string): number[] {
  const start = keyOf(userId, '');
  return keysOf(start)
    .map((key) => readLocalCopy(userId, key.slice(start.length)))
    .flatMap((copy) => (copy?.datasetId === datasetId && copy.number !== null ? [copy.number] : []))
    .sort((a, b) => a - b);
}
