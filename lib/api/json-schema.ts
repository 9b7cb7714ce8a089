import { z } from 'zod';

/** The JSON Schema (2020-12, that of OpenAPI 3.1) of what a schema takes or gives. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
