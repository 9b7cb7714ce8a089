// An admin asks for a release and leaves before a worker takes it.
import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { buryJob } from '@/lib/dead-jobs';
import { runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import { createApproved, createApprovedBrief, questionOf } from '@/lib/releases/release-fixtures';
import { releaseFreezeJob } from '@/lib/releases/release-jobs';
import { createRelease } from '@/lib/releases/release-mutations';
import { createDataset, createTeam } from '@/tests/factories-examples';

afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

test.each([
  [
    'taken',
    (jobId: string) =>
      runJob(releaseFreezeJob, { jobId, lastAttempt: true, signal: new AbortController().signal }),
  ],
  ['given up', buryJob],
])(
  'a release whose admin left is refused when it is %s, recorded as theirs, and in nobody’s way',
  async (_, end) => {
    const team = await createTeam('bicycles');
    const leaver = await team.addPerson('admin', 'leaver');
    const { id: datasetId } = await createDataset(team.admin);
    const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
    for (let n = 0; n < 12; n += 1)
      await createApproved(team.writer, team.reviewer, datasetId, { prompt: questionOf(n) });
    const { id } = await createRelease(leaver, { datasetId, briefId, note: '' });
    await db.member.deleteMany({ where: { userId: leaver.userId } });
    const job = await db.job.findFirstOrThrow({ where: { subjectId: id } });
    await end(job.id);
    expect(await db.release.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'failed',
    });
    const entries = await db.auditEvent.findMany({
      where: { subjectId: id, action: 'release.refused' },
    });
    expect(entries).toMatchObject([
      { actorId: leaver.userId, workspaceId: team.workspace.id, data: { state: 'failed' } },
    ]);
    const next = await createRelease(team.admin, { datasetId, briefId, note: '' });
    expect(next.id).not.toBe(id);
  },
);
