import { z } from 'zod';
import { type BriefContent, briefContentSchema } from '@/lib/datasets/brief-schema';

/**
 * The copy of an unsaved brief in this browser. The key names the person, so that the next one on
 * the same machine does not see it, and begins like every local copy, so that signing out can
 * remove it.
 */
export const localDraftKey = (userId: string, datasetId: string) =>
  `apprentice:draft:${userId}:brief:${datasetId}`;

// Texts may be half written: only the shape is asked for, not the rules for saving.
const draftContentSchema = z.object({
  task: z.string(),
  systemPrompt: z.string(),
  guidelines: z.string(),
  slots: briefContentSchema.shape.slots,
  rules: briefContentSchema.shape.rules,
});
const localDraftSchema = z.object({
  baseVersion: z.number().int().min(1),
  base: draftContentSchema,
  content: draftContentSchema,
  savedAt: z.iso.datetime(),
});
/** What was typed, over which version, and what that version says. */
export type LocalDraft = {
  baseVersion: number;
  base: BriefContent;
  content: BriefContent;
  savedAt: string;
};

/** The stored copy, or null when there is none or it cannot be read. */
export function readLocalDraft(key: string): LocalDraft | null {
  try {
    const parsed = localDraftSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Keeps or (null) removes the copy. A browser that refuses storage still has the text on the page. */
export function writeLocalDraft(key: string, draft: LocalDraft | null): void {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // storage full or turned off
  }
}
