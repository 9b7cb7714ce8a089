import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { toResultError } from '@/lib/action';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { problemResponse } from '@/lib/problem';

type Params = Record<string, string>;
export type RouteContext = { request: Request; params: Params; url: URL };

/**
 * Wraps a route handler: refuses cross-site writes, turns failures into RFC 9457 problems and
 * forbids caching. Only handlers that look at no cookie may do without `sameOrigin`. Anything that
 * a page's person must not see is answered as NOT_FOUND.
 */
export function route(
  handler: (context: RouteContext) => Promise<Response>,
  { sameOrigin = true }: { sameOrigin?: boolean } = {},
) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    try {
      if (sameOrigin && request.method !== 'GET' && request.method !== 'HEAD')
        assertSameOrigin(request);
      const response = await handler({
        request,
        params: await context.params,
        url: new URL(request.url),
      });
      if (!response.headers.has('Cache-Control'))
        response.headers.set('Cache-Control', 'private, no-store');
      response.headers.set('X-Content-Type-Options', 'nosniff');
      return overHttps(response);
    } catch (error) {
      unstable_rethrow(error);
      return overHttps(await problem(error));
    }
  };
}

/** Demands https where the app has it; uploads and their neighbours pass no proxy that would. */
function overHttps(response: Response): Response {
  if (env().APP_URL.startsWith('https://'))
    response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  return response;
}

/** Browsers send Origin with every write; a missing, opaque or foreign one is refused (S5). */
export function assertSameOrigin(request: { headers: Pick<Headers, 'get'> }): void {
  const origin = request.headers.get('origin');
  const allowed = new URL(env().APP_URL).origin;
  if (origin === allowed) return;
  const host = request.headers.get('host');
  if (
    origin &&
    host &&
    isLoopback(host) &&
    (origin === `http://${host}` || origin === `https://${host}`)
  )
    return;
  throw new AppError('FORBIDDEN', 'errors.crossSite');
}

/** Whether a Host header names this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return name === 'localhost' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

/** The problem details (RFC 9457) of a failure. */
export async function problem(error: unknown): Promise<Response> {
  const { code, message, ...more } = await toResultError(error);
  return problemResponse(code, message, more);
}

/** Longest body that is no file, in bytes. */
const MAX_BODY_BYTES = 2_000_000;

/**
 * The text of a body, read as it comes. Throws TOO_LARGE before more than `limit` bytes are held,
 * so that nobody fills the memory with one request.
 */
export async function readText(request: Request, limit = MAX_BODY_BYTES): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new AppError('TOO_LARGE');
  const reader = request.body?.getReader();
  if (!reader) return '';
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
      if (bytes > limit) throw new AppError('TOO_LARGE');
      chunks.push(value);
    }
  } finally {
    // Not cancelled: that would cut the connection before the caller has the answer.
    reader.releaseLock();
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Parses a JSON body by a schema. Throws INVALID, or TOO_LARGE past the limit (bytes). */
export async function parseJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  limit = MAX_BODY_BYTES,
): Promise<z.infer<S>> {
  return parseJsonText(await readText(request, limit), schema);
}

/** The same for a body that was read already. */
export function parseJsonText<S extends z.ZodType>(text: string, schema: S): z.infer<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('INVALID', 'errors.notJson');
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('INVALID', undefined, {}, { fieldErrors: toFieldErrors(parsed.error) });
}

/** The first fault of each field, by its path. */
export function toFieldErrors(error: z.ZodError): Record<string, string> {
  const fieldErrors: Record<string, string> = {};
  for (const issue of error.issues) fieldErrors[issue.path.join('.') || '_'] ??= issue.message;
  return fieldErrors;
}

/** No part of an address, no control, and nothing that turns the direction of what follows. */
const unfitForName = /[\p{Cc}\p{Bidi_Control}"\\/:*?<>|]/gu;

/** Headers of a download: always an attachment, never sniffed; the name survives any character. */
export function downloadHeaders(fileName: string, contentType: string): Record<string, string> {
  const clean = fileName.replace(unfitForName, '_').slice(0, 150).toWellFormed();
  const ascii = clean.replace(/[^\u0020-\u007e]/g, '_');
  return {
    'Content-Type': contentType,
    'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(clean)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
  };
}
