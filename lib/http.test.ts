import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { downloadHeaders, parseJson, readText, route } from './http';

vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

const nameOf = (fileName: string) => {
  const value = downloadHeaders(fileName, 'text/csv')['Content-Disposition'] ?? '';
  const [, encoded = ''] = /filename\*=UTF-8''(.*)$/.exec(value) ?? [];
  return decodeURIComponent(encoded);
};

test.each([
  ['mails.csv', 'mails.csv'],
  ['../../etc/passwd', '.._.._etc_passwd'],
  ['a\u0000b\r\nX-Evil: 1.csv', 'a_b__X-Evil_ 1.csv'],
  ['"; filename="evil.exe', '_; filename=_evil.exe'],
  ['\u202egpj.exe', '_gpj.exe'],
  ['Übersicht 文件 🙂.csv', 'Übersicht 文件 🙂.csv'],
  ['x'.repeat(300), 'x'.repeat(150)],
  // Cut in the middle of a character that takes two places.
  [`x${'🙂'.repeat(100)}`, `x${'🙂'.repeat(74)}\ufffd`],
])('a download called %j is offered as %j', (fileName, expected) => {
  expect(nameOf(fileName)).toBe(expected);
});

test('a download is kept, not shown', () => {
  expect(downloadHeaders('a.csv', 'text/csv')).toMatchObject({
    'Content-Disposition': expect.stringMatching(/^attachment; filename="a\.csv"/),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'X-Content-Type-Options': 'nosniff',
  });
});

const MB = 1_000_000;
/** A body that comes in pieces and says no length, and how many bytes of it were taken. */
function chunked(pieces: number, piece = new Uint8Array(MB).fill(0x20)) {
  const taken = { bytes: 0 };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.bytes >= pieces * piece.length) return controller.close();
        taken.bytes += piece.length;
        controller.enqueue(piece);
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request('http://127.0.0.1:3000/', {
    method: 'PUT',
    body,
    duplex: 'half',
  } as RequestInit);
  return { request, taken };
}

test('a body that says no length is read up to its limit and no further', async () => {
  const { request, taken } = chunked(500);
  await expect(readText(request)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(taken.bytes).toBe(3 * MB);
  const wider = chunked(500);
  await expect(parseJson(wider.request, z.object({}), 7 * MB)).rejects.toMatchObject({
    code: 'TOO_LARGE',
  });
  expect(wider.taken.bytes).toBe(8 * MB);
});

test('a body that says a length beyond its limit is not read at all', async () => {
  const { request, taken } = chunked(1);
  request.headers.set('content-length', String(2 * MB + 1));
  await expect(readText(request)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  expect(taken.bytes).toBe(0);
});

test('the limit is of bytes, not of characters', async () => {
  const ofBytes = (bytes: number) =>
    readText(chunked(1, new TextEncoder().encode('é'.repeat(bytes / 2))).request);
  expect(await ofBytes(2 * MB)).toHaveLength(MB);
  await expect(ofBytes(2 * MB + 2)).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('a character that is cut by the pieces stays whole', async () => {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Uint8Array.of(0x22, 0xf0, 0x9f));
      controller.enqueue(Uint8Array.of(0x99, 0x82, 0x22));
      controller.close();
    },
  });
  const request = new Request('http://127.0.0.1:3000/', {
    method: 'POST',
    body,
    duplex: 'half',
  } as RequestInit);
  expect(await parseJson(request, z.string())).toBe('🙂');
});

test('without a body the text is empty', async () => {
  expect(await readText(new Request('http://127.0.0.1:3000/', { method: 'POST' }))).toBe('');
});

test('too large a body is answered by a problem', async () => {
  const answer = await route(
    async ({ request }) => Response.json(await parseJson(request, z.object({}))),
    { sameOrigin: false },
  )(chunked(500).request, { params: Promise.resolve({}) });
  expect(answer.status).toBe(413);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE', status: 413 });
});
