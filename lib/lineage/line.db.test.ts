// A line that stands in the oldest of very many files is found too.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createFileKey, deleteFile, filePath, storeFile } from '@/lib/files';
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
