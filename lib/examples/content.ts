import { z } from 'zod';

/** Longest prompt, system message or reply, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 100_000;
export const MAX_MESSAGES = 200;

/** A text that can be stored, hashed and exported byte for byte: no NUL, no lone surrogate. */
export const textSchema = z
  .string()
  .max(MAX_TEXT_LENGTH, 'tooLong')
  .refine((text) => !text.includes('\u0000'), 'nul')
  .refine((text) => text.isWellFormed(), 'loneSurrogate');

const hasWords = (text: string) => text.trim().length > 0;

export const messageSchema = z.strictObject({
  role: z.enum(['user', 'assistant']),
  content: textSchema.refine(hasWords, 'empty'),
});

/** The text of an example: a prompt (one message or a conversation that ends with the user) and its ideal reply. */
export const contentSchema = z.strictObject({
  system: textSchema.refine(hasWords, 'empty').optional(),
  messages: z
    .array(messageSchema)
    .min(1, 'empty')
    .max(MAX_MESSAGES, 'tooManyMessages')
    .refine((messages) => messages.at(-1)?.role === 'user', 'lastNotUser'),
  reply: textSchema.refine(hasWords, 'empty'),
});

export type Message = z.infer<typeof messageSchema>;
export type Content = z.infer<typeof contentSchema>;

/** What a working copy may hold: the same shape, but parts may still be empty. */
export const draftContentSchema = z.strictObject({
  system: textSchema.optional(),
  messages: z
    .array(z.strictObject({ role: z.enum(['user', 'assistant']), content: textSchema }))
    .min(1, 'empty')
    .max(MAX_MESSAGES, 'tooManyMessages'),
  reply: textSchema,
});
export type DraftContent = z.infer<typeof draftContentSchema>;

/** The prompt as plain text, for search and columns: the one message, or the turns with a blank line between. */
export function promptText(content: Pick<Content, 'messages'>): string {
  return content.messages.map((message) => message.content).join('\n\n');
}

/** NFKC, lower case, white space collapsed: what counts as the same text for duplicates. */
export function normaliseText(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
}
