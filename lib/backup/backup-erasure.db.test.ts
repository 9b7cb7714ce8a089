// An erasure that was half done when a backup was taken is ended where the backup is restored.
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { restoreFiles, restoreTables } from '@/lib/backup/backup-restore';
import { writeBackup } from '@/lib/backup/backup-write';
import { disconnect } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { createErasureScene, filesOf, requestErasure } from '@/lib/lineage/erasure-fixtures';
import { stopQueue } from '@/lib/queue';
import { createTestDatabase, type TestDatabase } from '@/tests/database';
import { onInstallation } from '@/tests/on-installation';

const work = mkdtempSync(path.join(tmpdir(), 'apprentice-half-erased-'));
const folder = path.join(work, 'backup');
const dataDir = path.join(work, 'data');
let target: TestDatabase;

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
  await target.drop();
});

test('restored it has no job; the worker that starts begins one, which ends it', async () => {
  const scene = await createErasureScene('shop', 'Ottilie Kranzbühler');
  const files = await filesOf(scene.releaseId);
  const jobId = await requestErasure(scene);
  // A worker that is stopped once the rows are gone.
  const signal = AbortSignal.abort();
  await expect(runJob(personEraseJob, { jobId, lastAttempt: false, signal })).rejects.toThrow();
  expect(await filesOf(scene.releaseId)).toBeLessThan(files);
  const backup = await writeBackup(folder);
  target = await createTestDatabase();
  await restoreFiles(folder, backup, dataDir);
  await restoreTables(folder, backup, target.directUrl);

  await onInstallation({ DATABASE_URL: target.databaseUrl, DATA_DIR: dataDir }, () =>
    endOnRestored(jobId, { releaseId: scene.releaseId, files }),
  );
});

/** What a worker does that starts on the restored database, in modules that know no other. */
async function endOnRestored(oldJob: string, { releaseId, files }: Record<string, unknown>) {
  const { resumeErasures } = await import('@/lib/lineage/owed-erasures');
  const { deliverErasure } = await import('@/lib/lineage/erasure-fixtures');
  const { filePath } = await import('@/lib/files');
  const { stopQueue: stop } = await import('@/lib/queue');
  const { db: restored, disconnect: close } = await import('@/lib/db');
  const old = await restored.job.findUniqueOrThrow({ where: { id: oldJob } });
  expect(old).toMatchObject({ state: 'failed', errorCode: 'errors.restored' });
  expect(await resumeErasures()).toBe(1);
  const job = await restored.job.findFirstOrThrow({
    where: { kind: 'person.erase', finishedAt: null },
  });
  expect(await deliverErasure(job.id)).toMatchObject({ state: 'done' });
  expect(await restored.erasure.findMany()).toMatchObject([
    { finishedAt: expect.any(Date), pendingFiles: [] },
  ]);
  const exported = await restored.export.findMany({ where: { releaseId: String(releaseId) } });
  expect(exported).toHaveLength(Number(files));
  for (const { fileKey } of exported) expect(existsSync(filePath(fileKey)), fileKey).toBe(true);
  await stop(0);
  await close();
}
