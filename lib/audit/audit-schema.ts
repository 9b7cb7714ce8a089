import { z } from 'zod';

/** Which entries are read: the workspace's own, or those of the accounts that the viewer manages. */
export const recordScopes = ['workspace', 'accounts'] as const;

const day = z.iso.date();

export const recordFilterSchema = z.object({
  scope: z.enum(recordScopes).default('workspace'),
  person: z.uuid().optional(),
  /** An action such as example.submitted, or a whole kind such as example. */
  action: z
    .string()
    .max(60)
    .regex(/^[a-z_]+(\.[a-z_]+)?$/)
    .optional(),
  /** Only entries about this row. */
  subject: z.uuid().optional(),
  /** First and last day, both included, UTC. */
  from: day.optional(),
  to: day.optional(),
});
export type RecordFilter = z.infer<typeof recordFilterSchema>;

/** Where a page begins: past this entry, forwards (older) or backwards. */
export const recordCursorSchema = z.object({
  go: z.enum(['next', 'prev']),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  id: z.uuid(),
});
export type RecordCursor = z.infer<typeof recordCursorSchema>;

export const recordExportFormats = ['csv', 'jsonl'] as const;
export type RecordExportFormat = (typeof recordExportFormats)[number];
