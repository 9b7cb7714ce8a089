import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { findRecord } from '@/lib/audit/audit-queries';
import {
  type RecordCursor,
  recordCursorSchema,
  recordFilterSchema,
} from '@/lib/audit/audit-schema';
import { AppError } from '@/lib/errors';

/** A cursor as text: the time and the id of the entry that the page goes on after. */
const toText = (cursor: RecordCursor | null) => cursor && `${cursor.at}_${cursor.id}`;

function fromText(text: string | undefined): RecordCursor | null {
  if (text === undefined) return null;
  const [at, id] = text.split('_');
  const parsed = recordCursorSchema.safeParse({ go: 'next', at, id });
  if (parsed.success && !Number.isNaN(Date.parse(parsed.data.at))) return parsed.data;
  throw new AppError('INVALID', undefined, {}, { fieldErrors: { cursor: 'badCursor' } });
}

export const listRecord = defineOperation({
  id: 'listRecord',
  method: 'GET',
  path: '/api/v1/record',
  group: 'record',
  scope: 'record:read',
  input: { query: recordFilterSchema.extend({ cursor: z.string().max(200).optional() }).strict() },
  output: z.object({
    entries: z.array(
      z.object({
        id: z.uuid(),
        at: z.iso.datetime(),
        /** Its place in the sealed chain; null while it is not sealed. */
        sequence: z.int().nullable(),
        actorId: z.uuid().nullable(),
        actor: z.string().nullable(),
        via: z.enum(['session', 'token']),
        action: z.string(),
        subjectType: z.string(),
        subjectId: z.uuid().nullable(),
      }),
    ),
    next: z.string().nullable(),
  }),
  examples: {
    output: {
      entries: [
        {
          id: shownIds.entry,
          at: '2026-11-26T08:00:00.000Z',
          sequence: 41,
          actorId: shownIds.person,
          actor: 'Maria',
          via: 'token',
          action: 'example.submitted',
          subjectType: 'example',
          subjectId: shownIds.example,
        },
      ],
      next: null,
    },
  },
  handler: async ({ viewer, query: { cursor, ...filter } }) => {
    const page = await findRecord(viewer, { filter, cursor: fromText(cursor) });
    return { entries: page.rows, next: toText(page.next) };
  },
});
