// Bodies that never end, sent to operations before which no proxy stands.
import { afterAll, expect, test, vi } from 'vitest';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { serve } from '@/lib/api/serve';
import { disconnect } from '@/lib/db';
import { named } from '@/tests/api-client';
import { createMember, createTestToken, createWorkspace } from '@/tests/factories';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

afterAll(disconnect);

const PIECE = 100_000;

/** A body without an end, and how many bytes of it were taken. */
function endlessBody() {
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        taken.bytes += PIECE;
        controller.enqueue(new Uint8Array(PIECE).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
  return { body, taken };
}

const dataset = { datasetId: shownIds.dataset };
const inImport = { ...dataset, importId: shownIds.import };

test.each([
  ['mapImport', inImport],
  ['checkImport', inImport],
  ['commitImport', inImport],
  ['undoImport', inImport],
  ['createExample', dataset],
])('%s refuses a body without an end before it is held', async (id, params) => {
  const writer = await createMember(await createWorkspace({}), 'writer');
  const { token } = await createTestToken(writer.viewer);
  const operation = named(id);
  const { body, taken } = endlessBody();
  const answer = await serve(operation)(
    new Request('http://127.0.0.1:3000/', {
      method: operation.method,
      headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'endless' },
      body,
      duplex: 'half',
    } as RequestInit),
    { params: Promise.resolve(params) },
  );
  expect(answer.status).toBe(413);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE' });
  expect(taken.bytes).toBe(2_000_000 + PIECE);
});
