import { errorStatus } from '@/lib/errors';
import texts from '@/messages/en/api.json';

/** Every kind of problem with its status: the app's own, and what HTTP itself refuses. */
export const problemStatus = {
  ...errorStatus,
  MALFORMED_ADDRESS: 400,
  METHOD_NOT_ALLOWED: 405,
  RANGE_NOT_SATISFIABLE: 416,
  UNEXPECTED: 500,
} as const;
export type ProblemCode = keyof typeof problemStatus;

type More = {
  fieldErrors?: Record<string, string> | undefined;
  data?: unknown;
  reference?: string | undefined;
};

/** An answer with problem details (RFC 9457): the title is that of the code, the detail this one's. */
export function problemResponse(
  code: ProblemCode,
  detail: string,
  { fieldErrors, data, reference }: More = {},
): Response {
  const status = problemStatus[code];
  const body = {
    type: `urn:apprentice:problem:${code.toLowerCase()}`,
    title: texts.problems[code],
    status,
    detail,
    code,
    ...(fieldErrors ? { fieldErrors } : {}),
    ...(data === undefined ? {} : { data }),
    ...(reference ? { reference } : {}),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'private, no-store',
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
