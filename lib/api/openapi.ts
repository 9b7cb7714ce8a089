import 'server-only';
import { z } from 'zod';
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import { errorStatus } from '@/lib/errors';
import texts from '@/messages/en/api.json';

type Json = Record<string, unknown>;

/** The JSON Schema (2020-12, that of OpenAPI 3.1) of what a schema takes or gives. */
function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

const problemSchema = z.object({
  type: z.string().describe('Stable, one for each code: urn:apprentice:problem:…'),
  title: z.string(),
  status: z.int(),
  code: z.enum([...(Object.keys(errorStatus) as [string, ...string[]]), 'UNEXPECTED']),
  fieldErrors: z.record(z.string(), z.string()).optional(),
  data: z.unknown().optional(),
  reference: z.string().optional(),
});

const problems = [...Object.entries(errorStatus), ['UNEXPECTED', 500] as const];
const problemResponses = () => ({
  // Node's own answer, before any code of the app: it has no body.
  '431': { description: 'The headers or the address take more than 16 kB.' },
  ...Object.fromEntries(
    problems.map(([code, status]) => [
      String(status),
      {
        description: code,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  ),
});

function parametersOf({ input, method, takesFile }: Operation): Json[] {
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = schema
      ? (toSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] })
      : {};
    return Object.entries(properties).map(([name, one]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: one,
    }));
  };
  const key = {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description: 'The same key and request again: one effect, the first answer. Kept 24 hours.',
    schema: { type: 'string', pattern: '^[!-~]{1,255}$' },
  };
  const fileName = {
    name: 'X-File-Name',
    in: 'header',
    required: true,
    description: 'The name of the file, percent-encoded.',
    schema: { type: 'string', minLength: 1, maxLength: 3_000 },
  };
  return [
    ...of(input.params, 'path'),
    ...of(input.query, 'query'),
    ...(method === 'POST' ? [key] : []),
    ...(takesFile ? [fileName] : []),
  ];
}

function requestBodyOf({ input, examples, takesFile }: Operation): Json {
  if (takesFile)
    return {
      requestBody: {
        required: true,
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      },
    };
  if (!input.body) return {};
  const json = { schema: toSchema(input.body, 'input'), example: examples.body };
  return { requestBody: { required: true, content: { 'application/json': json } } };
}

function toOperation(operation: Operation): Json {
  const { output, examples, status, streams } = operation;
  return {
    operationId: operation.id,
    summary: texts.operations[operation.id],
    tags: [texts.groups[operation.group]],
    security: [{ token: [operation.scope] }],
    parameters: parametersOf(operation),
    ...requestBodyOf(operation),
    responses: {
      [status]: {
        description: 'Done',
        content: {
          [streams ?? 'application/json']: streams
            ? { schema: { type: 'string' } }
            : { schema: toSchema(output, 'output'), example: examples.output },
        },
      },
      ...problemResponses(),
    },
  };
}

/** The OpenAPI 3.1 document of every operation over HTTP. `server` is the origin of the app. */
export function openApiDocument(server: string): Json {
  const paths: Record<string, Json> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = toOperation(operation);
    paths[operation.path] = path;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Apprentice',
      version: '1',
      description: 'What the pages do, for programs. Problems are RFC 9457 documents.',
    },
    servers: [{ url: server }],
    tags: [...new Set(operations.map(({ group }) => texts.groups[group]))].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas: { Problem: toSchema(problemSchema, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal access token.' },
      },
    },
  };
}
