import { existsSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createFileKey, dataPath, filePath, removeLeftParts, storeFile } from '@/lib/files';

const DAY_MS = 24 * 60 * 60 * 1_000;

async function* failing(): AsyncGenerator<string> {
  yield 'half of it';
  throw new Error('the source broke');
}

test('a file appears whole or not at all', async () => {
  const whole = await storeFile(createFileKey('exports', '.jsonl'), [
    Buffer.from('line\n'),
  ] as never);
  expect(existsSync(filePath(whole.key))).toBe(true);
  const key = createFileKey('exports', '.jsonl');
  await expect(storeFile(key, failing())).rejects.toThrow('the source broke');
  expect(existsSync(filePath(key))).toBe(false);
});

test('parts that killed processes left are removed after a day, whole files and fresh parts are not', async () => {
  const folder = dataPath('files', 'imports');
  await mkdir(folder, { recursive: true });
  const old = path.join(folder, `${crypto.randomUUID()}.1a2b3c4d.part`);
  const fresh = path.join(folder, `${crypto.randomUUID()}.5e6f7a8b.part`);
  const whole = path.join(folder, crypto.randomUUID());
  for (const file of [old, fresh, whole]) await writeFile(file, 'text');
  const dayAgo = new Date(Date.now() - DAY_MS - 60_000);
  for (const file of [old, whole]) await utimes(file, dayAgo, dayAgo);
  expect(await removeLeftParts()).toBe(1);
  expect([old, fresh, whole].map((file) => existsSync(file))).toEqual([false, true, true]);
});
