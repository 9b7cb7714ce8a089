import 'server-only';
import type { z } from 'zod';
import { toJsonSchema } from '@/lib/api/json-schema';
import { responseComponents, responsesOf } from '@/lib/api/openapi-responses';
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import texts from '@/messages/en/api.json';

type Json = Record<string, unknown>;

function parametersOf({ input, method, takesFile, isFile }: Operation): Json[] {
  const of = (schema: z.ZodType | undefined, place: 'path' | 'query') => {
    const { properties = {}, required = [] } = schema
      ? (toJsonSchema(schema, 'input') as {
          properties?: Record<string, Json>;
          required?: string[];
        })
      : {};
    return Object.entries(properties).map(([name, one]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: one,
    }));
  };
  const header = (name: string, description: string, schema: Json, required = false) => ({
    name,
    in: 'header',
    required,
    description,
    schema: { type: 'string', ...schema },
  });
  const key = header(
    'Idempotency-Key',
    'The same key and request again: one effect, the first answer. Kept 24 hours.',
    { pattern: '^[!-~]{1,255}$' },
    true,
  );
  const fileName = header(
    'X-File-Name',
    'The name of the file, percent-encoded.',
    { minLength: 1, maxLength: 3_000 },
    true,
  );
  const range = header(
    'Range',
    'One range of bytes, such as bytes=0-1023; anything else is answered with all.',
    {},
  );
  const known = header('If-None-Match', 'ETags of what is there already.', {});
  return [
    ...of(input.params, 'path'),
    ...of(input.query, 'query'),
    ...(method === 'POST' ? [key] : []),
    ...(takesFile ? [fileName] : []),
    ...(isFile ? [range, known] : []),
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
  const json = { schema: toJsonSchema(input.body, 'input'), example: examples.body };
  return { requestBody: { required: true, content: { 'application/json': json } } };
}

function toOperation(operation: Operation): Json {
  return {
    operationId: operation.id,
    summary: texts.operations[operation.id],
    tags: [texts.groups[operation.group]],
    security: [{ token: [operation.scope] }],
    parameters: parametersOf(operation),
    ...requestBodyOf(operation),
    responses: responsesOf(operation),
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
      ...responseComponents,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal access token.' },
      },
    },
  };
}
