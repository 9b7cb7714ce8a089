import http from 'node:http';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { problemStatus } from '@/lib/problem';
import texts from '@/messages/en/api.json';
import { refuse } from './refusal.mjs';

const server = http.createServer((request, response) => {
  if (!refuse(request, response)) response.end('through');
});
beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
afterAll(() => new Promise((done) => server.close(done)));

/** Sends a request line as it is: no client would write some of these. */
function send(line: string): Promise<{ status: number; head: string; body: string }> {
  return new Promise((done, fail) => {
    const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.on('error', fail);
    socket.on('end', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      done({ status: Number(head.split(' ')[1]), head, body });
    });
    socket.write(`${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  });
}

/** The one chunk of a body that is sent in chunks. */
const jsonOf = (body: string) =>
  JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));

test.each([
  ['PROPFIND /api/v1/datasets', 'METHOD_NOT_ALLOWED', texts.errors.methodUnknown],
  ['GET /api/v1/datasets/%E0%A4%A', 'MALFORMED_ADDRESS', texts.errors.malformedAddress],
  ['GET /api/w/x/%zz?a=1', 'MALFORMED_ADDRESS', texts.errors.malformedAddress],
] as const)('%s is a problem for a program', async (line, code, detail) => {
  const answer = await send(line);
  const status = problemStatus[code];
  expect(answer.status).toBe(status);
  expect(answer.head).toMatch(/^content-type: application\/problem\+json\r?$/im);
  expect(answer.head).toMatch(/^allow: GET, HEAD, POST/im);
  const type = `urn:apprentice:problem:${code.toLowerCase()}`;
  expect(jsonOf(answer.body)).toEqual({ type, title: texts.problems[code], status, detail, code });
});

test.each([
  ['PROPFIND /w/shop', 405, texts.errors.methodUnknown],
  ['GET /w/%E0%A4%A', 400, texts.errors.malformedAddress],
] as const)('%s is a sentence for a person', async (line, status, sentence) => {
  const answer = await send(line);
  expect(answer.status).toBe(status);
  expect(answer.head).toMatch(/^content-type: text\/plain; charset=utf-8\r?$/im);
  expect(answer.body).toContain(sentence);
});

test.each(['GET /api/v1/datasets?q=%E0', 'DELETE /api/v1/datasets', 'GET /w/%C3%BC'])(
  '%s goes through',
  async (line) => {
    expect((await send(line)).body).toContain('through');
  },
);
