import 'server-only';
import type { z } from 'zod';
import { type Call, type Operation, toOutput } from '@/lib/api/operation';
import { countRequest } from '@/lib/api/rate';
import { freeKey, keepAnswer, takeKey } from '@/lib/api/request-mutations';
import { AppError } from '@/lib/errors';
import { parseJsonText, problem, type RouteContext, route, toFieldErrors } from '@/lib/http';
import { sha256 } from '@/lib/secrets';
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
    const key = operation.method === 'POST' ? keyOf(context.request) : '';
    const call = {
      request: context.request,
      key: key && `${tokenId}:${key}`,
      watch: async () => (await findCaller(context.request)).viewer,
    };
    const asked = { viewer, ...input, call };
    if (operation.streams) {
      const streamed = (await operation.run(asked as never)) as Response;
      for (const [name, value] of headers) streamed.headers.set(name, value);
      return streamed;
    }
    const { status, body } = key
      ? await once(operation, { context, tokenId, key, text: input.text, headers }, () =>
          perform(operation, asked),
        )
      : await perform(operation, asked);
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

/** What a repeated request is told from another one by: its text; of a file, its name and size. */
async function textOf(operation: Operation, request: Request): Promise<string> {
  if (!operation.takesFile) return request.text();
  return ['x-file-name', 'content-length'].map((name) => request.headers.get(name)).join('\n');
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

type Attempt = {
  context: RouteContext;
  tokenId: string;
  key: string;
  text: string;
  headers: Headers;
};

/** One effect for all requests with one Idempotency-Key, and one answer. */
async function once(
  operation: Operation,
  { context, tokenId, key, text, headers }: Attempt,
  run: () => Promise<Answer>,
): Promise<Answer> {
  const requestHash = sha256(
    [operation.id, context.url.pathname, context.url.search, text].join('\n'),
  );
  const asked = { tokenId, key, requestHash };
  const first = await takeKey(asked);
  if (first) {
    headers.set('Idempotent-Replayed', 'true');
    return first;
  }
  let done: Answer;
  try {
    done = await run();
  } catch (error) {
    // A refusal changed nothing. Of anything else nobody knows, so the key stays taken.
    if (error instanceof AppError) await freeKey(asked);
    throw error;
  }
  await keepAnswer(asked, done);
  return done;
}
