import { z } from 'zod';

/** How this browser shows the list. */
export const VIEW_COOKIE = 'examples_view';

const viewSchema = z.object({
  density: z.enum(['compact', 'cosy']),
  hidden: z.array(z.string().max(20)).max(12),
});
export type ExamplesViewSettings = z.infer<typeof viewSchema>;

const DEFAULT_VIEW: ExamplesViewSettings = { density: 'cosy', hidden: ['tags', 'author'] };

export function parseViewCookie(value: string | undefined): ExamplesViewSettings {
  try {
    return viewSchema.parse(JSON.parse(value ?? 'null'));
  } catch {
    return DEFAULT_VIEW;
  }
}
