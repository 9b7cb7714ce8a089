import type { DraftContent } from '@/lib/examples/content';
import type { ExampleDetail, RevisionView } from '@/lib/examples/example-detail';
import type { ExampleCreate, RevisionSave } from '@/lib/examples/example-schema';

/** What came of a request, so that typed text is never at the mercy of an exception. */
export type Outcome<T> =
  | { ok: true; data: T }
  | {
      ok: false;
      /** offline and server are worth another try; the others wait for the person. */
      kind: 'offline' | 'server' | 'signedOut' | 'conflict' | 'refused';
      /** For people; empty while offline. */
      message: string;
      fieldErrors?: Record<string, string> | undefined;
      data?: unknown;
    };

type Problem = { detail?: string; fieldErrors?: Record<string, string>; data?: unknown };

/** After this long without an answer a request counts as lost, in milliseconds. */
const TIMEOUT_MS = 20_000;

/** The JSON of an answer; null for anything else, such as a page of a proxy. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function request<T>(address: string, init: RequestInit = {}): Promise<Outcome<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(address, {
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...init,
      ...(init.body ? { headers: { 'Content-Type': 'application/json' } } : {}),
    });
    // An answer that breaks off is none, whatever its status said: the server died while it spoke.
    text = await response.text();
  } catch {
    return { ok: false, kind: 'offline', message: '' };
  }
  if (response.status === 204) return { ok: true, data: undefined as T };
  const body = parseBody(text);
  if (response.ok && body !== null) return { ok: true, data: body as T };
  const problem = (body ?? {}) as Problem;
  const rest = {
    message: problem.detail ?? '',
    fieldErrors: problem.fieldErrors,
    data: problem.data,
  };
  const { status } = response;
  if (status === 401) return { ok: false, kind: 'signedOut', ...rest };
  if (status === 409) return { ok: false, kind: 'conflict', ...rest };
  if (status >= 500 || status === 429 || status === 408 || response.ok)
    return { ok: false, kind: 'server', ...rest };
  return { ok: false, kind: 'refused', ...rest };
}

const base = (workspace: string) => `/api/w/${encodeURIComponent(workspace)}/examples`;

export const fetchExample = (workspace: string, id: string) =>
  request<ExampleDetail>(`${base(workspace)}/${id}`);

export const fetchExampleByNumber = (workspace: string, datasetId: string, number: number) =>
  request<ExampleDetail>(`${base(workspace)}?dataset=${datasetId}&number=${number}`);

export const fetchRevisions = (workspace: string, id: string) =>
  request<RevisionView[]>(`${base(workspace)}/${id}/revisions`);

export function saveExample(
  workspace: string,
  { id, ...body }: RevisionSave,
  options: { keepalive?: boolean } = {},
) {
  return request<ExampleDetail>(`${base(workspace)}/${id}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    ...options,
  });
}

export const createExample = (workspace: string, body: ExampleCreate) =>
  request<ExampleDetail>(base(workspace), { method: 'POST', body: JSON.stringify(body) });

export type CopyToStore = { baseRevisionId: string; version: number; content: DraftContent };

export const storeWorkingCopy = (workspace: string, id: string, body: CopyToStore) =>
  request<{ version: number; at: string }>(`${base(workspace)}/${id}/working-copy`, {
    method: 'PUT',
    body: JSON.stringify(body),
  });

export const dropWorkingCopy = (workspace: string, id: string) =>
  request<undefined>(`${base(workspace)}/${id}/working-copy`, { method: 'DELETE' });

/** Stores on the way out: goes on after the tab is closed, as far as the browser lets it. */
export function storeOnClose(workspace: string, id: string, body: CopyToStore): void {
  const address = `${base(workspace)}/${id}/working-copy`;
  const text = JSON.stringify(body);
  const sent = navigator.sendBeacon?.(address, new Blob([text], { type: 'application/json' }));
  if (!sent)
    void fetch(address, {
      method: 'POST',
      body: text,
      keepalive: true,
      headers: { 'Content-Type': 'application/json' },
    }).catch(() => undefined);
}
