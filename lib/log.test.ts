import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { log } from '@/lib/log';

const stream = (log as unknown as Record<symbol, { write: (line: string) => unknown }>)[
  pino.symbols.streamSym
];
let lines: string[] = [];
const { level } = log;

beforeEach(() => {
  lines = [];
  log.level = 'info';
  if (!stream) throw new Error('The log has no stream.');
  vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(line));
});
afterEach(() => {
  log.level = level;
});

const forged = '{"level":60,"msg":"forged"}';
const hostile = `a\r\n${forged}\n\u001b[31mred\u001b[0m\u0007\u0008\u0000b`;

test('one line for each entry, whatever stands in its values', () => {
  const error = Object.assign(new Error(hostile), { detail: hostile, cause: new Error(hostile) });
  log.info({ [hostile]: hostile, nested: { list: [hostile] } }, 'a message');
  log.warn(hostile);
  log.error({ err: error }, hostile);
  log.error(error);
  expect(lines).toHaveLength(4);
  for (const line of lines) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(line).toMatch(/^\{[^\u0000-\u001f]*\}\n$/);
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), program: 'web' });
  }
});

test('passwords, tokens, e-mail addresses and cookies are taken out', () => {
  const secrets = {
    password: 'one harbour',
    token: 'two harbours',
    email: 'three@harbour.example',
  };
  log.info({ ...secrets, input: secrets, headers: { cookie: 'four harbours' } }, 'a message');
  expect(lines.join('')).not.toContain('harbour');
  expect(lines.join('')).toContain('[Redacted]');
});
