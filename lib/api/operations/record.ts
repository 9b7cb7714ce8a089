import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { limitQuery, next } from '@/lib/api/page-query';
import { findRecordEntries } from '@/lib/audit/audit-queries';
import {
  type RecordCursor,
  recordCursorSchema,
  recordFilterSchema,
} from '@/lib/audit/audit-schema';
import { badCursor } from '@/lib/paging';

/** A cursor as text: the time and the id of the entry that the page goes on after. */
const toText = (cursor: RecordCursor | null) => cursor && `${cursor.at}_${cursor.id}`;

function fromText(text: string | undefined): RecordCursor | null {
  if (text === undefined) return null;
  const [at, id] = text.split('_');
  const parsed = recordCursorSchema.safeParse({ go: 'next', at, id });
  if (parsed.success && !Number.isNaN(Date.parse(parsed.data.at))) return parsed.data;
  throw badCursor();
}

export const listRecord = defineOperation({
  id: 'listRecord',
  method: 'GET',
  path: '/api/v1/record',
  group: 'record',
  scope: 'record:read',
  input: {
    query: recordFilterSchema
      .extend({ ...limitQuery, cursor: z.string().max(200).optional() })
      .strict(),
  },
  output: z.object({
    entries: z.array(
      z.object({
        id: z.uuid(),
        /** In microseconds, as it is sealed. */
        at: z.iso.datetime(),
        /** Its chain; null for entries of accounts, whose chain is the installation's. */
        workspaceId: z.uuid().nullable(),
        /** Its place in the sealed chain; null while it is not sealed. */
        sequence: z.int().nullable(),
        actorId: z.uuid().nullable(),
        actor: z.string().nullable(),
        via: z.enum(['session', 'token']),
        action: z.string(),
        subjectType: z.string(),
        subjectId: z.uuid().nullable(),
        /** Ids, counts and enum values. */
        data: z.record(z.string(), z.unknown()),
        /** SHA-256 over the entry and the hash before it; null while it is not sealed. */
        hash: z.string().nullable(),
      }),
    ),
    next,
  }),
  examples: {
    output: {
      entries: [
        {
          id: shownIds.entry,
          at: '2026-11-26T08:00:00.000000Z',
          workspaceId: shownIds.workspace,
          sequence: 41,
          actorId: shownIds.person,
          actor: 'Maria',
          via: 'token',
          action: 'example.submitted',
          subjectType: 'example',
          subjectId: shownIds.example,
          data: { from: 'draft', to: 'in_review' },
          hash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        },
      ],
      next: null,
    },
  },
  handler: async ({ viewer, query: { cursor, limit, ...filter } }) => {
    const page = await findRecordEntries(viewer, { filter, after: fromText(cursor), limit });
    return { ...page, next: toText(page.next) };
  },
});
