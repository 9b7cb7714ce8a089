import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { contentHash } from '@/lib/examples/content-hash';
import { type ManifestHeader, type ManifestRow, signManifest } from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';
import { openaiChat } from '@/lib/exports/writers/openai-chat';

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const keys = generateKeyPairSync('ed25519');
const folder = mkdtempSync(path.join(tmpdir(), 'apprentice-verify-'));
const file = path.join(folder, 'train.jsonl');
const manifest = path.join(folder, 'manifest.jsonl');

const examples = [
  {
    messages: [{ role: 'user' as const, content: 'Wo ist mein Paket? 📦' }],
    reply: 'Unterwegs.\nBis morgen!',
  },
  {
    system: 'Be brief.',
    messages: [{ role: 'user' as const, content: 'Cancel it' }],
    reply: 'Done.',
  },
];

function write(
  change: (row: ManifestRow) => ManifestRow = (row) => row,
  more: Partial<ManifestHeader> = {},
): void {
  const briefSystem = 'You answer for a shop.';
  const lines = examples.map((example) =>
    openaiChat.render(example, example.system ?? briefSystem),
  );
  const bytes = `${lines.join('\n')}\n`;
  const header: ManifestHeader = {
    kind: 'header',
    manifestVersion: 1,
    app: 'apprentice 0',
    workspaceId: randomUUID(),
    datasetId: randomUUID(),
    releaseId: randomUUID(),
    releaseNumber: 1,
    frozenAt: '2026-11-22T12:00:00.000Z',
    format: 'openai-chat',
    split: 'training',
    brief: {
      id: randomUUID(),
      version: 1,
      systemPromptSha256: sha256(briefSystem),
      authorId: randomUUID(),
      approvedById: randomUUID(),
      approvedAt: '2026-11-22T10:00:00.000Z',
    },
    ...more,
  };
  const rows = examples.map((example, row) =>
    change({
      kind: 'row',
      row,
      exampleId: randomUUID(),
      number: row + 1,
      revisionId: randomUUID(),
      ordinal: 1,
      contentHash: contentHash(example),
      lineSha256: sha256(lines[row] as string),
      system: example.system === undefined ? 'brief' : 'example',
      authorId: randomUUID(),
      reviewId: randomUUID(),
      reviewerId: randomUUID(),
      reviewedAt: '2026-11-22T11:00:00.000Z',
      via: 'session',
    }),
  );
  const summary = {
    kind: 'summary',
    rows: rows.length,
    bytes: Buffer.byteLength(bytes),
    fileSha256: sha256(bytes),
  };
  const body = [header, ...rows, summary].map((line) => `${JSON.stringify(line)}\n`).join('');
  const signature = signManifest(createHash('sha256').update(body).digest(), keys.privateKey);
  writeFileSync(file, bytes);
  writeFileSync(manifest, `${body}${JSON.stringify(signature)}\n`);
}

const verify = (key = keys.publicKey) => verifyExport({ file, manifest, key });
const holds = (result: Awaited<ReturnType<typeof verify>>) =>
  result.faults.length === 0 && result.signature === 'valid';

test('a manifest that says how far the record had come holds, and so does an older one', async () => {
  const record = { chain: randomUUID(), sequence: 12, hash: 'ab'.repeat(32) };
  write(undefined, { manifestVersion: 2, record });
  const result = await verify();
  expect(holds(result)).toBe(true);
  expect(result.header?.record).toEqual(record);
  write();
  expect(holds(await verify())).toBe(true);
});

test('a released file holds', async () => {
  write();
  const result = await verify();
  expect(result).toMatchObject({ rows: 2, faults: [], signature: 'valid' });
});

test('without a key everything else is checked and the signature is said not to be', async () => {
  write();
  expect(await verifyExport({ file, manifest, key: null })).toMatchObject({
    faults: [],
    signature: 'not checked',
  });
});

test('another key does not fit', async () => {
  write();
  const result = await verify(generateKeyPairSync('ed25519').publicKey);
  expect(result.signature).toBe('invalid');
  expect(result.faults).toContainEqual({
    where: 'manifest',
    message: 'the signature does not fit',
  });
});

test.each([
  [
    'author and reviewer are one person',
    (row: ManifestRow) => ({ ...row, reviewerId: row.authorId }),
  ],
  [
    'approved after the freeze',
    (row: ManifestRow) => ({ ...row, reviewedAt: '2026-11-22T12:00:00.001Z' }),
  ],
  ['another line was released', (row: ManifestRow) => ({ ...row, lineSha256: 'a'.repeat(64) })],
  ['another text was approved', (row: ManifestRow) => ({ ...row, contentHash: 'a'.repeat(64) })],
])('a correctly signed manifest still does not hold when %s', async (_name, change) => {
  write(change);
  expect(holds(await verify())).toBe(false);
});

test.each([
  ['file', file],
  ['manifest', manifest],
])(
  'every flipped byte of the %s is found',
  async (_name, target) => {
    write();
    const good = readFileSync(target);
    for (let at = 0; at < good.length; at += 1) {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] as number) ^ (1 << (at % 8));
      writeFileSync(target, bad);
      expect(holds(await verify()), `byte ${at}`).toBe(false);
    }
    writeFileSync(target, good);
    expect(holds(await verify())).toBe(true);
  },
  60_000,
);

test.each([
  ['file', file],
  ['manifest', manifest],
])('every lost or added line of the %s is found', async (_name, target) => {
  write();
  const good = readFileSync(target, 'utf8');
  const lines = good.split('\n').slice(0, -1);
  for (const [index, line] of lines.entries()) {
    writeFileSync(target, `${lines.toSpliced(index, 1).join('\n')}\n`);
    expect(holds(await verify()), `without line ${index}`).toBe(false);
    writeFileSync(target, `${lines.toSpliced(index, 0, line).join('\n')}\n`);
    expect(holds(await verify()), `line ${index} twice`).toBe(false);
  }
  writeFileSync(target, good);
});
