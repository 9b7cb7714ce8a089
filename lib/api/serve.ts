import 'server-only';
import type { z } from 'zod';
import { once } from '@/lib/api/once';
import { type Call, type Operation, toOutput } from '@/lib/api/operation';
import { countRequest } from '@/lib/api/rate';
import { AppError } from '@/lib/errors';
import {
  parseJsonText,
  problem,
  type RouteContext,
  readText,
  route,
  toFieldErrors,
} from '@/lib/http';
import { findViewerByApiToken, type Viewer } from '@/lib/session';
import { TOKEN_PATTERN } from '@/lib/tokens/token-schema';

const keyPattern = /^[\x21-\x7e]{1,255}$/;

type Answer = { status: number; body: string };

/**
 * The route handler of an operation. The token alone says who asks: a cookie is not looked at, so
 * a write that another site makes a browser send comes from nobody.
 */
export function serve(operation: Operation) {
  return route((context) => answer(operation, context), { sameOrigin: false });
}

async function answer(operation: Operation, context: RouteContext): Promise<Response> {
  const headers = new Headers();
  try {
    const { viewer, tokenId } = await admit(operation, context.request, headers);
    const input = await parseInput(operation, context);
    const { request, url } = context;
    const key = operation.method === 'POST' ? keyOf(request) : '';
    const call: Call = {
      request,
      key: key && `${tokenId}:${key}`,
      requestId: '',
      file: null,
      watch: async () => (await findCaller(request)).viewer,
    };
    const asked = { viewer, ...input, call };
    if (operation.streams) {
      const streamed = (await operation.run(asked as never)) as Response;
      for (const [name, value] of headers) streamed.headers.set(name, value);
      return streamed;
    }
    const { status, body, isReplay } = key
      ? await once(
          operation,
          { tokenId, key, url, text: input.text, file: operation.takesFile ? request.body : null },
          (attempt) => perform(operation, { ...asked, call: { ...call, ...attempt } }),
        )
      : { ...(await perform(operation, asked)), isReplay: false };
    if (isReplay) headers.set('Idempotent-Replayed', 'true');
    headers.set('Content-Type', 'application/json');
    return new Response(body, { status, headers });
  } catch (error) {
    const refused = await problem(error);
    for (const [name, value] of headers) refused.headers.set(name, value);
    if (refused.status === 401) refused.headers.set('WWW-Authenticate', 'Bearer');
    return refused;
  }
}

async function findCaller(request: Request) {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? '';
  const found = TOKEN_PATTERN.test(given) ? await findViewerByApiToken(given) : null;
  if (!found) throw new AppError('UNAUTHENTICATED', 'api.errors.badToken');
  return found;
}

/** Who asks, once the rate and the scope of the token allow it. */
async function admit(operation: Operation, request: Request, headers: Headers) {
  const found = await findCaller(request);
  const rate = await countRequest(found.tokenId);
  for (const [name, value] of Object.entries(rate.headers)) headers.set(name, value);
  if (rate.wait > 0)
    throw new AppError('RATE_LIMITED', 'api.errors.rateLimited', { seconds: rate.wait });
  if (!found.scopes.includes(operation.scope))
    throw new AppError('FORBIDDEN', 'api.errors.scope', { scope: operation.scope });
  return found;
}

function keyOf(request: Request): string {
  const key = request.headers.get('idempotency-key') ?? '';
  if (!keyPattern.test(key)) throw new AppError('INVALID', 'api.errors.keyMissing');
  return key;
}

type Parsed = { params: unknown; query: unknown; body: unknown; text: string };

async function parseInput(operation: Operation, context: RouteContext): Promise<Parsed> {
  const { params, query, body } = operation.input;
  const named = params?.safeParse(context.params);
  // An address that no row can have names nothing.
  if (named && !named.success) throw new AppError('NOT_FOUND');
  const text = operation.method === 'GET' ? '' : await textOf(operation, context.request);
  return {
    params: named?.data,
    query: query && parseQuery(query, context.url),
    body: body && parseJsonText(text, body),
    text,
  };
}

/** The text of a request; of a file its name, since its bytes are read as they come. */
async function textOf(operation: Operation, request: Request): Promise<string> {
  return operation.takesFile ? (request.headers.get('x-file-name') ?? '') : readText(request);
}

function parseQuery(schema: z.ZodType, url: URL): unknown {
  const parsed = schema.safeParse(Object.fromEntries(url.searchParams));
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID', undefined, {}, { fieldErrors: toFieldErrors(parsed.error) });
}

/** Runs the operation; only what its output names leaves the server. */
async function perform(
  operation: Operation,
  input: Parsed & { viewer: Viewer; call: Call },
): Promise<Answer> {
  const output = toOutput(operation.output, await operation.run(input as never));
  return { status: operation.status, body: JSON.stringify(output) };
}
