// Calls operations over HTTP as a program does, through their route handlers.
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import { serve } from '@/lib/api/serve';

/** An operation by its id. */
export function named(id: string): Operation {
  const found = operations.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
}

type Sent = {
  params?: Record<string, string>;
  query?: string;
  body?: unknown;
  /** A file instead of a JSON body, and its name. */
  file?: { name: string; text: string };
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

/** One call; an answer that is no JSON is left unread. */
export async function call(operation: Operation, token: string | null, sent: Sent = {}) {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => sent.params?.[name] ?? '');
  const body = sent.file?.text ?? JSON.stringify(sent.body ?? {});
  const answer = await serve(operation)(
    new Request(`http://127.0.0.1:3000${path}${sent.query ?? ''}`, {
      method: operation.method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(sent.key ? { 'idempotency-key': sent.key } : {}),
        ...sent.headers,
        ...(sent.file ? { 'x-file-name': encodeURIComponent(sent.file.name) } : {}),
      },
      ...(operation.method === 'GET' ? {} : { body }),
      ...(sent.signal ? { signal: sent.signal } : {}),
    }),
    { params: Promise.resolve(sent.params ?? {}) },
  );
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  const isRead = isJson && !operation.streams;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isRead || answer.status >= 400 ? await answer.json() : null,
    answer,
  };
}
