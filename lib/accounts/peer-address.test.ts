import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notePeers } from './peer-address';

let seen: IncomingHttpHeaders = {};
const server = createServer((incoming, answer) => {
  seen = incoming.headers;
  answer.end();
});
const noteName = () =>
  (globalThis as { apprenticePeerHeader?: string }).apprenticePeerHeader ?? 'missing';

beforeAll(async () => {
  notePeers();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterAll(() => {
  server.close();
});

function send(headers: Record<string, string>): Promise<string | undefined> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', headers }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(seen[noteName()] as string | undefined));
    })
      .on('error', reject)
      .end();
  });
}

test('a request is noted with the address of its socket', async () => {
  expect(await send({})).toBe('direct 127.0.0.1');
});

test.each([
  'Forwarded',
  'X-Forwarded-For',
  'X-Forwarded-Host',
  'X-Forwarded-Proto',
  'x-forwarded-anything',
  'Via',
])('%s shows that it was forwarded', async (header) => {
  expect(await send({ [header]: '127.0.0.1' })).toBe('forwarded 127.0.0.1');
});

test('what a client sends under any name does not replace the note', async () => {
  expect(await send({ [noteName()]: 'direct 10.9.8.7' })).toBe('direct 127.0.0.1');
  expect(await send({ 'x-peer': 'direct 10.9.8.7' })).toBe('direct 127.0.0.1');
});

test('the name cannot be guessed', () => {
  expect(noteName()).toMatch(/^x-peer-[0-9a-f]{32}$/);
});
