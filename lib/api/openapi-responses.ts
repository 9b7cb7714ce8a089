import 'server-only';
import { z } from 'zod';
import { toJsonSchema } from '@/lib/api/json-schema';
import type { Operation } from '@/lib/api/operation';
import { problemStatus } from '@/lib/problem';

type Json = Record<string, unknown>;

const problemSchema = z.object({
  type: z.string().describe('Stable, one for each code: urn:apprentice:problem:…'),
  title: z.string().describe('The same for every problem of a code.'),
  status: z.int(),
  detail: z.string().describe('What is wrong this time, in a sentence for people.'),
  code: z.enum(Object.keys(problemStatus) as [string, ...string[]]),
  fieldErrors: z.record(z.string(), z.string()).optional(),
  data: z.unknown().optional(),
  reference: z.string().optional(),
});

const text = (description: string) => ({ description, schema: { type: 'string' } });

/** What `components` holds for the answers. */
export const responseComponents = {
  schemas: { Problem: toJsonSchema(problemSchema, 'output') },
  headers: {
    RateLimit: text('What is left for this token: "token";r=REQUESTS;t=SECONDS.'),
    'RateLimit-Policy': text('What a token may: "token";q=REQUESTS;w=SECONDS.'),
    'Retry-After': {
      description: 'How many seconds to wait.',
      schema: { type: 'integer', minimum: 1 },
    },
    'WWW-Authenticate': text('Always Bearer.'),
    'Idempotent-Replayed': {
      description: 'Stands where the answer is that of an earlier request with this key.',
      schema: { type: 'string', const: 'true' },
    },
    ETag: text('The SHA-256 of the whole file, in quotes.'),
    'Accept-Ranges': {
      description: 'Ranges are served.',
      schema: { type: 'string', const: 'bytes' },
    },
    'Content-Range': text('Which bytes these are, and of how many; with 416 only how many.'),
    'Content-Disposition': text('The name of the file.'),
  },
};
type Header = keyof typeof responseComponents.headers;

const withHeaders = (...names: Header[]) =>
  names.length === 0
    ? {}
    : {
        headers: Object.fromEntries(
          names.map((name) => [name, { $ref: `#/components/headers/${name}` }]),
        ),
      };

/** Told from the moment in which the token is known. */
const rates: Header[] = ['RateLimit', 'RateLimit-Policy'];
const file: Header[] = ['ETag', 'Accept-Ranges', 'Content-Disposition'];

const problem = (description: string, ...headers: Header[]): Json => ({
  description,
  ...withHeaders(...headers),
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const headersOfStatus: Partial<Record<number, Header[]>> = {
  // Before the token is known nothing is counted.
  400: [],
  401: ['WWW-Authenticate'],
  429: [...rates, 'Retry-After'],
};

/** Of every operation. */
const problems: Json = {
  ...Object.fromEntries(
    Object.entries(problemStatus)
      .filter(([code]) => code !== 'RANGE_NOT_SATISFIABLE' && code !== 'METHOD_NOT_ALLOWED')
      .map(([code, status]) => [
        String(status),
        problem(code, ...(headersOfStatus[status] ?? rates)),
      ]),
  ),
  // By Next or before it, with or without a body: no operation answers it to its own method.
  '405': { description: 'Another method, which this address does not have.' },
  // Node's own answer, before any code of the app: it has no body.
  '431': { description: 'The headers or the address take more than 16 kB.' },
};

/** Of an operation that answers with a stored file. */
const fileResponses = (content: Json): Json => ({
  '206': {
    description: 'The bytes that Range asks for.',
    ...withHeaders(...rates, ...file, 'Content-Range'),
    content,
  },
  '304': {
    description: 'The file is that of If-None-Match. It has no body.',
    ...withHeaders(...rates, ...file),
  },
  '416': problem('RANGE_NOT_SATISFIABLE', ...rates, 'ETag', 'Accept-Ranges', 'Content-Range'),
});

/** Every answer that an operation may give, with its headers. */
export function responsesOf({
  method,
  output,
  examples,
  status,
  streams,
  isFile,
}: Operation): Json {
  const content = {
    [streams ?? 'application/json']: streams
      ? { schema: { type: 'string' } }
      : { schema: toJsonSchema(output, 'output'), example: examples.output },
  };
  const headers: Header[] = [
    ...rates,
    ...(method === 'POST' ? (['Idempotent-Replayed'] as const) : []),
    ...(isFile ? file : []),
  ];
  return {
    [status]: { description: 'Done', ...withHeaders(...headers), content },
    ...(isFile ? fileResponses(content) : {}),
    ...problems,
  };
}
