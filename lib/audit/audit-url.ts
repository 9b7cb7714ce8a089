import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsStringLiteral,
} from 'nuqs/server';
import type { z } from 'zod';
import {
  type RecordCursor,
  type RecordFilter,
  recordCursorSchema,
  recordFilterSchema,
  recordScopes,
} from '@/lib/audit/audit-schema';

/** The state of the record's page in its address. What does not parse falls back to its default. */
const textOf = (schema: z.ZodType<string | undefined>) =>
  createParser<string>({
    parse: (text) => schema.safeParse(text).data ?? null,
    serialize: (text) => text,
  });

const parseCursor = createParser<RecordCursor>({
  parse: (text) => {
    const [go, at, id] = text.split('~');
    return recordCursorSchema.safeParse({ go, at, id }).data ?? null;
  },
  serialize: ({ go, at, id }) => [go, at, id].join('~'),
  eq: (a, b) => a.id === b.id && a.go === b.go,
});

const { shape } = recordFilterSchema;
export const recordParsers = {
  scope: parseAsStringLiteral(recordScopes).withDefault('workspace'),
  person: textOf(shape.person),
  action: textOf(shape.action),
  subject: textOf(shape.subject),
  from: textOf(shape.from),
  to: textOf(shape.to),
  at: parseCursor,
};

export type RecordUrl = inferParserType<typeof recordParsers>;
export const loadRecordUrl = createLoader(recordParsers);
export const serializeRecordUrl = createSerializer(recordParsers);

/** The filter of an address. */
export function toRecordFilter(url: RecordUrl): RecordFilter {
  const { scope, person, action, subject, from, to } = url;
  return {
    scope,
    ...(person ? { person } : {}),
    ...(action ? { action } : {}),
    ...(subject ? { subject } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
  };
}
