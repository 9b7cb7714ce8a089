// The connection of a worker dies at every statement of an import, and the job is delivered again.
// In one process, so that all of them are tried; tests/faults/job-kills.fault.test.ts kills real ones.
import { afterAll, expect, it } from 'vitest';
import { db, disconnect } from '@/lib/db';
import {
  check,
  deliver,
  importText,
  killedAt,
  makePlace,
  startCommit,
  upload,
} from '@/lib/imports/import-test-kit';
import { stopQueue } from '@/lib/queue';

const csv = [
  'ticket,question,answer,intent',
  '1,"Where is my order?","It is on its way.",tracking',
  '2,"Where is  MY order?","It is on its way.",tracking',
  '3,"Where is my order?","Please give me its number.",tracking',
  '4,"","It is on its way.",tracking',
  '5,"How do I return it?","Use the label,\nplease.",returns',
  '6,too,few',
  '7,"Hello","Good day.",other',
].join('\n');

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const stateOf = async (importId: string) =>
  (await db.import.findUniqueOrThrow({ where: { id: importId } })).state;

/** What identifies the outcome of an import, whatever the ids are. */
async function fingerprint(datasetId: string): Promise<string> {
  const rows = await db.example.findMany({
    where: { datasetId },
    orderBy: { number: 'asc' },
    include: { currentRevision: true },
  });
  return JSON.stringify(
    rows.map((row) => [
      row.number,
      row.status,
      row.topic,
      row.groupKey,
      row.tags,
      row.pairHash,
      row.currentRevision?.contentHash,
    ]),
  );
}

it('is killed before every statement and delivered again: the same examples as without', async () => {
  const other = await makePlace();
  await importText(other, csv);
  const expected = await fingerprint(other.datasetId);
  for (let statement = 1; ; statement += 1) {
    const victim = await makePlace();
    const importId = await upload(victim, csv);
    await check(victim, importId);
    const jobId = await startCommit(victim, importId);
    const survived = await killedAt(statement, 'before', () => deliver(jobId));
    if (!survived) {
      const isWritten = (await stateOf(importId)) === 'imported';
      const written = isWritten ? 4 : 0;
      expect(await db.example.count({ where: { datasetId: victim.datasetId } })).toBe(written);
      expect(await db.revision.count({ where: { workspaceId: victim.workspaceId } })).toBe(written);
      await deliver(jobId);
    }
    expect(await fingerprint(victim.datasetId)).toBe(expected);
    expect((await db.job.findUniqueOrThrow({ where: { id: jobId } })).state).toBe('done');
    if (survived) {
      expect(statement).toBeGreaterThan(20);
      break;
    }
  }
}, 120_000);
