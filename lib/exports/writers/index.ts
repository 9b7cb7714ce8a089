import { openaiChat } from '@/lib/exports/writers/openai-chat';
import { trlPromptCompletion } from '@/lib/exports/writers/trl-prompt-completion';
import type { Writer } from '@/lib/exports/writers/writer';

/** Every export format: one line each. */
export const writers = [openaiChat, trlPromptCompletion] as const satisfies readonly Writer[];

export const exportFormats = ['openai-chat', 'trl-prompt-completion'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The writer of a format, or undefined. */
export function findWriter(format: string): Writer | undefined {
  return writers.find((writer) => writer.id === format);
}
