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
  const range = {
    name: 'Range',
    in: 'header',
    required: false,
    description: 'One range of bytes, such as bytes=0-1023; anything else is answered with all.',
    schema: { type: 'string' },
  };
  const known = {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'ETags of what is there already.',
    schema: { type: 'string' },
  };
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
