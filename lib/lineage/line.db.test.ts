// A line of a training file leads to its people, also where it stands in the oldest of very many files.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createFileKey, deleteFile, filePath, storeFile } from '@/lib/files';
import { createCustomerScene } from '@/lib/lineage/customer-scene';
import { createErasureScene } from '@/lib/lineage/erasure-fixtures';
import { findLine } from '@/lib/lineage/line-queries';
import { stopQueue } from '@/lib/queue';

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

test('a line is found behind hundreds of newer files, also where one of them was removed', async () => {
  const { team, releaseId } = await createErasureScene('shop', 'Ottilie Kranzbühler');
  const oldest = await db.export.findFirstOrThrow({
    where: { releaseId, split: 'training', format: 'openai-chat' },
  });
  const [header = ''] = readFileSync(filePath(oldest.manifestKey), 'utf8').split('\n');
  const empty = await storeFile(createFileKey('exports'), Readable.from([`${header}\n`]));
  const removed = await storeFile(createFileKey('exports'), Readable.from([`${header}\n`]));
  await deleteFile(removed.key);
  const { id: _, ...row } = oldest;
  await db.export.createMany({
    data: Array.from({ length: 450 }, (_, n) => ({
      ...row,
      format: `made-up-${n}`,
      manifestKey: n === 7 ? removed.key : empty.key,
    })),
  });
  const [line = ''] = readFileSync(filePath(oldest.fileKey), 'utf8').split('\n');
  expect(await findLine(team.admin, { line })).toMatchObject([{ format: 'openai-chat', line: 1 }]);
  expect(await findLine(team.admin, { line: `${line}!` })).toEqual([]);
});

test('a line leads to its people, by itself and by its hash; strangers and writers learn nothing', async () => {
  const { team, strangers, downloaded } = await createCustomerScene();
  const lines = readFileSync(downloaded.file, 'utf8').trimEnd().split('\n');
  const line = lines[2] ?? '';
  const [place] = await findLine(team.admin, { line });
  expect(place).toMatchObject({
    line: 3,
    releaseNumber: 1,
    format: 'openai-chat',
    isPresent: true,
    author: 'writer of shop',
    // As an import names who wrote what somebody else brings in.
    coAuthor: 'agent of shop',
    reviewer: 'reviewer of shop',
    briefApprover: 'reviewer of shop',
    briefVersion: 1,
  });
  const hash = createHash('sha256').update(line).digest('hex');
  expect(await findLine(team.admin, { line: hash })).toEqual([place]);
  expect(await findLine(team.admin, { line: `${line} ` })).toEqual([place]);
  expect(await findLine(team.admin, { line: line.slice(1) })).toEqual([]);
  expect(await findLine(strangers.admin, { line })).toEqual([]);
  await expect(findLine(team.reviewer, { line })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
