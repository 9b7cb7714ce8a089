import type { z } from 'zod';

export type Fault = { field: string; key: string } | null;

/** The first thing that is wrong with an input, by its field and the key of its sentence. */
export function findFault(schema: z.ZodType, input: object): Fault {
  const [issue] = schema.safeParse(input).error?.issues ?? [];
  if (!issue) return null;
  return {
    field: String(issue.path[0]),
    key: issue.code === 'too_big' ? 'tooLong' : issue.message,
  };
}
