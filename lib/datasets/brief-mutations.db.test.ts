import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { approveBrief, saveBrief } from './brief-mutations';
import {
  countOtherApprovers,
  findApprovedBrief,
  findBriefVersions,
  getBriefVersion,
  getCurrentBrief,
} from './brief-queries';
import type { BriefContent } from './brief-schema';
import { archiveDataset, createDataset } from './dataset-mutations';

type Team = Awaited<ReturnType<typeof createTeam>>;
let shop: Team;
let rival: Team;
let datasetId: string;

const first: BriefContent = {
  task: 'Answer mails',
  systemPrompt: 'You answer mails.',
  guidelines: '',
  slots: [],
  rules: [],
};
const rule = {
  id: randomUUID(),
  kind: 'banned_phrase' as const,
  severity: 'warning' as const,
  phrases: ['unfortunately'],
};
const save = (baseVersion: number, part: Partial<BriefContent>, viewer = shop.admin) =>
  saveBrief(viewer, { datasetId, baseVersion, content: { ...first, ...part } });

beforeAll(async () => {
  shop = await createTeam('shop');
  rival = await createTeam('rival');
});
beforeEach(async () => {
  const { task, systemPrompt } = first;
  ({ id: datasetId } = await createDataset(shop.admin, { name: randomUUID(), task, systemPrompt }));
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

describe('versions', () => {
  it('saving makes the next version; the same text makes none', async () => {
    expect(await save(1, { guidelines: 'Be kind.' })).toMatchObject({ version: 2, isNew: true });
    expect(await save(2, { guidelines: 'Be kind.' })).toMatchObject({ version: 2, isNew: false });
    const versions = await findBriefVersions(shop.writer, datasetId);
    expect(versions.map((row) => row.version)).toEqual([2, 1]);
    expect((await getBriefVersion(shop.writer, datasetId, 1)).guidelines).toBe('');
  });

  it('a change of rules or slots starts a re-check, a change of words does not', async () => {
    const jobs = () => db.job.count({ where: { subjectId: datasetId, kind: 'brief.recheck' } });
    expect((await save(1, { task: 'Answer every mail' })).jobId).toBeNull();
    expect((await save(2, { rules: [rule] })).jobId).not.toBeNull();
    expect((await save(3, { rules: [{ ...rule, name: 'Tone' }] })).jobId).toBeNull();
    expect((await save(4, { rules: [rule], slots: ['order'] })).jobId).not.toBeNull();
    expect(await jobs()).toBe(2);
  });

  it('who saves over a newer version gets it and writes nothing', async () => {
    const other = await shop.addPerson('admin');
    await save(1, { task: 'First' }, other);
    await expect(save(1, { task: 'Second' })).rejects.toMatchObject({
      code: 'CONFLICT',
      data: {
        version: 2,
        content: { task: 'First' },
        authorName: expect.stringContaining('admin'),
      },
    });
    expect((await getCurrentBrief(shop.admin, datasetId))?.task).toBe('First');
    expect(await save(2, { task: 'Second' })).toMatchObject({ version: 3 });
  });

  it('of many who save at once over one version, one wins', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => save(1, { task: `Task ${index}` })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await db.brief.count({ where: { datasetId } })).toBe(2);
    const saved = await db.auditEvent.count({
      where: { action: 'brief.saved', data: { path: ['datasetId'], equals: datasetId } },
    });
    expect(saved).toBe(2);
  });

  it.each(['writer', 'reviewer'] as const)('a %s reads and does not write', async (role) => {
    await expect(save(1, { task: 'Mine' }, shop[role])).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await getCurrentBrief(shop[role], datasetId))?.task).toBe('Answer mails');
  });

  it('an archived dataset takes no new version', async () => {
    await archiveDataset(shop.admin, { datasetId, version: 1, archived: true });
    await expect(save(1, { task: 'Late' })).rejects.toMatchObject({
      messageKey: 'brief.errors.archived',
    });
  });

  it('another workspace neither reads nor writes it', async () => {
    await save(1, { guidelines: 'canary' });
    await expect(save(2, { task: 'Stolen' }, rival.admin)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(approveBrief(rival.reviewer, { datasetId, version: 2 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(getBriefVersion(rival.admin, datasetId, 2)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await getCurrentBrief(rival.admin, datasetId)).toBeNull();
    expect(await findApprovedBrief(rival.admin, datasetId)).toBeNull();
    expect(await findBriefVersions(rival.admin, datasetId)).toEqual([]);
    expect((await getCurrentBrief(shop.admin, datasetId))?.approvedById).toBeNull();
  });
});

describe('four eyes', () => {
  it('somebody else approves; the author and writers do not', async () => {
    const approve = (viewer: typeof shop.admin) => approveBrief(viewer, { datasetId, version: 1 });
    await expect(approve(shop.admin)).rejects.toMatchObject({ messageKey: 'brief.whyNot.own' });
    await expect(approve(shop.writer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    // Before anything is read: whoever may not approve does not learn which versions there are.
    await expect(approveBrief(shop.writer, { datasetId, version: 9 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(approveBrief(shop.reviewer, { datasetId, version: 9 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await findApprovedBrief(shop.admin, datasetId)).toBeNull();
    await approve(shop.reviewer);
    expect(await findApprovedBrief(shop.admin, datasetId)).toMatchObject({
      version: 1,
      approvedById: shop.reviewer.userId,
    });
    await expect(approve(shop.reviewer)).rejects.toMatchObject({
      messageKey: 'brief.whyNot.approved',
    });
    const approvals = await db.auditEvent.findMany({
      where: { action: 'brief.approved', data: { path: ['datasetId'], equals: datasetId } },
    });
    expect(approvals.map((event) => event.actorId)).toEqual([shop.reviewer.userId]);
  });

  it('an approval is of the newest version and does not pass on to the next', async () => {
    await save(1, { task: 'Other' });
    await expect(approveBrief(shop.reviewer, { datasetId, version: 1 })).rejects.toMatchObject({
      messageKey: 'brief.whyNot.superseded',
    });
    await approveBrief(shop.reviewer, { datasetId, version: 2 });
    await save(2, { task: 'Another' });
    expect(await getCurrentBrief(shop.admin, datasetId)).toMatchObject({ approvedById: null });
    expect(await findApprovedBrief(shop.admin, datasetId)).toMatchObject({ version: 2 });
  });

  it('the database itself refuses the author and any later change', async () => {
    const byAuthor = `UPDATE "Brief" SET "approvedById" = "authorId", "approvedAt" = now() WHERE "datasetId" = $1`;
    await expect(appSql(byAuthor, [datasetId])).rejects.toThrow(/Brief_not_own_version/);
    await expect(
      appSql(`UPDATE "Brief" SET "systemPrompt" = 'x' WHERE "datasetId" = $1`, [datasetId]),
    ).rejects.toThrow(/brief_version_is_final/);
    await approveBrief(shop.reviewer, { datasetId, version: 1 });
    await expect(
      appSql(
        `UPDATE "Brief" SET "approvedById" = NULL, "approvedAt" = NULL WHERE "datasetId" = $1`,
        [datasetId],
      ),
    ).rejects.toThrow(/brief_version_is_final/);
  });

  it('counts who else could approve', async () => {
    const lonely = await createTeam('lonely');
    await db.member.deleteMany({ where: { userId: lonely.reviewer.userId } });
    expect(await countOtherApprovers(lonely.admin, lonely.admin.userId)).toBe(0);
    const disabled = await lonely.addPerson('reviewer');
    await db.user.update({ where: { id: disabled.userId }, data: { disabledAt: new Date() } });
    expect(await countOtherApprovers(lonely.admin, lonely.admin.userId)).toBe(0);
    await lonely.addPerson('reviewer');
    expect(await countOtherApprovers(lonely.admin, lonely.admin.userId)).toBe(1);
  });
});
