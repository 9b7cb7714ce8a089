// What the end of the journeys looks with: it finds a text in every form in which it could be
// written, in every file that is not listed as data.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sentencesOf } from '@/e2e/canaries/database-texts';
import { lookForCanaries, requireNoCanary } from '@/e2e/canaries/look-for-canaries';
import { dataOfInstallation, logsOf } from '@/e2e/canaries/places';
import { canary, registeredCanaries, tokenOf } from '@/e2e/canaries/register';
import { Scanner } from '@/e2e/canaries/scan';

const folder = mkdtempSync(join(tmpdir(), 'apprentice-canaries-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = 'Grüße an Frau "Ødegård" & <Söhne>, 100 %\u001b[31m';
const scanner = new Scanner([{ what: 'a greeting', text }]);
const found = (written: string | Buffer) => scanner.scan([Buffer.from(written)]);

describe('a text is found', () => {
  const python = JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  test.each([
    ['as it is', text],
    ['in capitals', text.toUpperCase()],
    ['in JSON', JSON.stringify({ msg: text })],
    ['in JSON within JSON', JSON.stringify({ body: JSON.stringify({ msg: text }) })],
    ['in JSON without signs beyond ASCII', python],
    ['in an address', `/w/x?q=${encodeURIComponent(text)}`],
    ['in an address with small figures', encodeURIComponent(text).toLowerCase()],
    ['in a form', new URLSearchParams({ q: text }).toString()],
    [
      'in HTML',
      text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;'),
    ],
    [
      'among bytes that are no text',
      Buffer.concat([Buffer.from([0, 255, 10, 254]), Buffer.from(text), Buffer.from([0])]),
    ],
  ])('%s', async (_, written) => {
    expect(await found(written)).toEqual([{ line: expect.any(Number), what: 'a greeting' }]);
  });

  test('wherever the pieces are cut, with its line', async () => {
    const whole = Buffer.from(`one\ntwo\r\nthree ${text} four\nfive`);
    for (let cut = 0; cut <= whole.length; cut += 1)
      expect(await scanner.scan([whole.subarray(0, cut), whole.subarray(cut)])).toEqual([
        { line: 3, what: 'a greeting' },
      ]);
    const single = Array.from(whole, (byte) => Buffer.from([byte]));
    expect(await scanner.scan(single)).toEqual([{ line: 3, what: 'a greeting' }]);
  });

  test('of several canaries that begin alike, each is told once a line', async () => {
    const both = new Scanner([
      { what: 'a', text: 'alike until here, then a' },
      { what: 'b', text: 'alike until here, then b' },
    ]);
    const line = 'alike until here, then b; alike until here, then b\n';
    expect(await both.scan([Buffer.from(line + line)])).toEqual([
      { line: 1, what: 'b' },
      { line: 2, what: 'b' },
    ]);
  });

  test('when a long one was cut short', async () => {
    const long = new Scanner([{ what: 'a mail', text: 'a sentence that goes on. '.repeat(400) }]);
    const cut = 'a sentence that goes on. '.repeat(10);
    expect(await long.scan([Buffer.from(`{"msg":"${cut}…"}`)])).toHaveLength(1);
  });
});

test('innocent lines are left alone', async () => {
  expect(await found('{"level":30,"msg":"Grüße an Frau Andersen"}\n'.repeat(1_000))).toEqual([]);
  expect(await found('')).toEqual([]);
  expect(await found('Grüße an')).toEqual([]);
});

describe('the files of an installation', () => {
  const dataDir = join(folder, 'data');
  const temporary = join(folder, 'temporary');
  const link = 'http://localhost:3999/setup?token=abcdefghijklmnopqrstuvwxyz';
  const checkout = join(folder, 'checkout');
  const startedAt = Date.now() - 60_000;
  const readyAt = startedAt + 1_000;
  const written = { dataDir, temporary, output: '', link, startedAt, readyAt, checkout };
  const canaries = [{ what: 'a name', text: 'Ottilie Kranz' }];
  const write = (name: string, content: string | Buffer) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  const look = (output = '') => lookForCanaries({ ...written, output }, canaries);
  beforeEach(() => {
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(temporary, { recursive: true, force: true });
    write('data/secrets.json', JSON.stringify({ NEXTAUTH_SECRET: 'a key that signs' }));
    write('data/logs/web.log', '{"level":30}\n');
    mkdirSync(temporary);
  });

  test('nothing is found in an innocent one, in data and in the link that is meant to be shown', async () => {
    for (const name of [
      'files/imports/1',
      'files/exports/1.jsonl',
      'runs/1/train.jsonl',
      'runs/1/curve/half-1/held-out.jsonl',
      'runs/1/evaluation/answers.jsonl',
      'runs/1/adapter/README.md',
      'runs/1/regression/out.json',
      'proofs/1/rows.jsonl',
      'trainer/models/small/tokenizer.json',
      'postgres/18/base/1/2',
    ])
      write(`data/${name}`, 'Ottilie Kranz');
    expect(await look(`Open this link:\n${link}\n`)).toEqual([]);
  });

  test.each([
    ['logs/web.log', 'one\ntwo {"name":"Ottilie Kranz"}', 2],
    ['logs/worker.log.1', 'Ottilie Kranz', 1],
    ['runs/1/metrics.jsonl', '{}\n{"detail":"Ottilie Kranz"}', 2],
    ['runs/1/trainer.log', 'Ottilie Kranz', 1],
    ['runs/1/curve/half-1/metrics.jsonl', 'Ottilie Kranz', 1],
    ['runs/1/evaluation/trainer.log', 'Ottilie Kranz', 1],
    ['proofs/1/trainer.log', 'Ottilie Kranz', 1],
    ['trainer/serve/small/1/trainer.log', 'Ottilie Kranz', 1],
    ['trainer/state.json', 'Ottilie Kranz', 1],
    ['postgres/server.log', 'Ottilie Kranz', 1],
    ['postgres/18/log/postgresql.log', 'Ottilie Kranz', 1],
    ['postgres/18/core', Buffer.from('\u0000Ottilie Kranz\u0000'), 1],
    ['record/1.jsonl', 'Ottilie Kranz', 1],
    ['a new kind of file', 'Ottilie Kranz', 1],
    ['logs/old.log.gz', gzipSync('one\nOttilie Kranz'), 2],
    ['logs/cut.log.gz', gzipSync(`Ottilie Kranz${'x'.repeat(200_000)}`).subarray(0, -8), 1],
    ['logs/Ottilie Kranz.log', 'nothing', 0],
  ])('a canary in %s is found', async (name, content, line) => {
    write(`data/${name}`, content);
    expect(await look()).toEqual([`DATA_DIR/${name}:${line} a name`]);
  });

  test('temporary files, an outside PostgreSQL, links and the terminal are looked at as well', async () => {
    write('temporary/half.part', 'Ottilie Kranz');
    write('elsewhere/server.log', 'Ottilie Kranz');
    write('elsewhere/18/base/1', 'Ottilie Kranz');
    write('linked/x.log', 'Ottilie Kranz');
    symlinkSync(join(folder, 'linked'), join(dataDir, 'linked'));
    // A link that leads around is followed once.
    symlinkSync(dataDir, join(dataDir, 'around'));
    write('data/postgres.path', `${join(folder, 'elsewhere')}\n`);
    expect((await look('hello\nOttilie Kranz\n')).sort()).toEqual([
      'DATA_DIR/linked/x.log:1 a name',
      'PostgreSQL/server.log:1 a name',
      'output of npm start:2 a name',
      'temporary files/half.part:1 a name',
    ]);
  });

  test('what a crash leaves beside the programs is looked at, older files and sources are not', async () => {
    write('checkout/core.4711', 'Ottilie Kranz');
    write('checkout/trainer/report.1.json', 'Ottilie Kranz');
    write('checkout/.next/cache/fetch/1', 'Ottilie Kranz');
    write('checkout/e2e/a.spec.ts', 'Ottilie Kranz');
    write('checkout/.next/server/old.js', 'Ottilie Kranz');
    utimesSync(join(checkout, '.next/server/old.js'), 1, 1);
    expect((await look()).sort()).toEqual([
      '.next/cache/fetch/1:1 a name',
      'checkout/core.4711:1 a name',
      'trainer/report.1.json:1 a name',
    ]);
    rmSync(checkout, { recursive: true });
  });

  test('keys of the installation and its first link stand in no log either', async () => {
    write('data/logs/web.log', `GET ${link}\na key that signs\n`);
    expect(await look()).toEqual([
      'DATA_DIR/logs/web.log:1 the link that makes the first admin',
      'DATA_DIR/logs/web.log:2 the key NEXTAUTH_SECRET',
    ]);
  });

  test('what is thrown tells the place and not the text, and keeps the file', async () => {
    write('data/logs/web.log', 'Ottilie Kranz');
    const error = await requireNoCanary(written, canaries).then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.message).toContain('DATA_DIR/logs/web.log:1 a name');
    expect(error?.message).not.toContain('Kranz');
    const kept = join(checkout, 'test-results/canaries/DATA_DIR/logs/web.log');
    expect(readFileSync(kept, 'utf8')).toBe('Ottilie Kranz');
    await expect(requireNoCanary(written, [])).rejects.toThrow('Nobody named');
  });

  test('every kind of data has its reason', () => {
    for (const { because } of dataOfInstallation) expect(because.length).toBeGreaterThan(5);
    expect(logsOf({ name: 'x', folder: join(folder, 'not there'), data: [] })).toEqual([]);
  });
});

test('what another process wrote down is read, and what is too short is refused', () => {
  process.env.E2E_CANARIES = join(folder, 'canaries.jsonl');
  expect(registeredCanaries()).toEqual([]);
  canary('a name', 'Ottilie Kranz', 'Two\nlines of it');
  expect(registeredCanaries()).toEqual([
    { what: 'a name', text: 'Ottilie Kranz' },
    { what: 'a name', text: 'Two\nlines of it' },
  ]);
  expect(() => canary('a name', 'Bo')).toThrow('too short');
  delete process.env.E2E_CANARIES;
  expect(() => canary('a name', 'Ottilie Kranz')).toThrow();
});

test('the secret part of a link', () => {
  expect(tokenOf('http://localhost/setup?token=abc')).toBe('abc');
  expect(tokenOf('http://localhost/invite/abc')).toBe('abc');
});

test('sentences of a text; words, ids and names of files are none', () => {
  expect(
    sentencesOf(
      'Hello. Where is the parcel that I ordered?\r\n\u001b[31mIt has not come for three weeks now.',
    ),
  ).toEqual(['Where is the parcel that I ordered?', '[31mIt has not come for three weeks now.']);
  expect(sentencesOf('review.approved 01a21a35-e484-7dfd-b5a0-c6056c95ddaf'.slice(16))).toEqual([]);
  expect(sentencesOf('smollm2-135m-instruct-run-1')).toEqual([]);
});

test('every journey uses the test that keeps the cookies of its people', () => {
  const e2e = join(import.meta.dirname, '../e2e');
  const specs = readdirSync(e2e).filter((name) => name.endsWith('.spec.ts'));
  expect(specs.length).toBeGreaterThan(10);
  for (const name of specs)
    expect(readFileSync(join(e2e, name), 'utf8'), name).toMatch(
      /\btest\b.* from '\.\/(test|pages\/ground)'/,
    );
});
