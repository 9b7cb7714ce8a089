// What a proof has seen retires at the next release, one for one as fresh examples come in.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createScene, heldOut } from '@/lib/proofs/ledger-fixtures';
import { findLedger, findNextJudgement } from '@/lib/proofs/ledger-queries';
import { openModelAnswers, openProofAnswers } from '@/lib/proofs/look-mutations';
import { stopQueue } from '@/lib/queue';
import { previewRelease } from '@/lib/releases/release-queries';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { createAnswers, createModel, createProvable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

describe('at the next release', () => {
  test('seen examples retire one for one as fresh ones come in, and the preview says so before', async () => {
    const scene = await createScene(team);
    const before = await heldOut(scene.releases[0] as string);
    await openProofAnswers(team.reviewer, { proofId: await scene.prove(0), endVoting: true });
    await scene.add(4);
    const preview = await previewRelease(team.admin, scene.datasetId);
    expect(preview.counts.seen).toEqual({ retired: 2, fresh: 3, staying: before.length - 2 });
    expect(preview.counts.excluded).toEqual({ seen_in_proof: 2 });
    expect(preview.lists.retired.map(({ id }) => before.includes(id))).toEqual([true, true]);
    expect(preview.lists.seen_in_proof).toEqual(preview.lists.retired);
    expect(await findNextJudgement(team.admin, preview.heldOutIds)).toBe(2);

    const releaseId = await scene.release();
    const release = await db.release.findUniqueOrThrow({ where: { id: releaseId } });
    expect(release).toMatchObject({ state: 'frozen', counts: preview.counts });
    const now = await heldOut(releaseId);
    expect(now.sort()).toEqual([...preview.heldOutIds].sort());
    // One for one, and one more because the dataset grew.
    expect(now).toHaveLength(before.length + 1);
    const retired = preview.lists.retired.map(({ id }) => id);
    expect(await db.releaseItem.count({ where: { releaseId, exampleId: { in: retired } } })).toBe(
      0,
    );
    const exclusions = await db.releaseExclusion.findMany({ where: { releaseId } });
    expect(exclusions.map(({ exampleId, reason }) => [exampleId, reason]).sort()).toEqual(
      retired.map((id) => [id, 'seen_in_proof']).sort(),
    );
    expect(await db.example.count({ where: { id: { in: retired }, split: 'held_out' } })).toBe(2);
    const entry = await db.auditEvent.findFirstOrThrow({
      where: { action: 'held_out.retired', subjectId: releaseId },
    });
    expect(entry.data).toMatchObject({ retired: 2, fresh: 3 });
    // The release before is what it was.
    expect(await heldOut(scene.releases[0] as string)).toEqual(before);

    const third = await scene.release();
    expect((await heldOut(third)).filter((id) => retired.includes(id))).toEqual([]);
    expect((await db.release.findUniqueOrThrow({ where: { id: third } })).counts).toMatchObject({
      seen: { retired: 0, fresh: 0 },
      excluded: { seen_in_proof: 2 },
    });
    const { retirements, looks } = await findLedger(team.admin, scene.datasetId);
    expect(retirements).toEqual([{ releaseNumber: 2, retired: 2, fresh: 3 }]);
    expect(looks.map(({ kind }) => kind).sort()).toEqual([
      'judged',
      'labelled_answers',
      'measured',
    ]);
  });

  test('all retire where enough is fresh, and the next judgement is a first one', async () => {
    const scene = await createScene(team);
    const before = await heldOut(scene.releases[0] as string);
    await scene.prove(0);
    await scene.add(10);
    const preview = await previewRelease(team.admin, scene.datasetId);
    expect(preview.counts.seen).toMatchObject({ retired: before.length, staying: 0 });
    expect(await findNextJudgement(team.admin, preview.heldOutIds)).toBe(1);
    const now = await heldOut(await scene.release());
    expect(now.filter((id) => before.includes(id))).toEqual([]);
    expect(now.length).toBeGreaterThanOrEqual(before.length);
  });

  test('what is like a retired prompt is held out and stays out, and brings nothing back', async () => {
    const scene = await createScene(team);
    await scene.prove(0);
    await scene.add(10);
    const second = await scene.release();
    const { exampleId } = await db.releaseExclusion.findFirstOrThrow({
      where: { releaseId: second, reason: 'seen_in_proof' },
    });
    const { currentRevision } = await db.example.findUniqueOrThrow({
      where: { id: exampleId },
      select: { currentRevision: true },
    });
    const [twin = ''] = await scene.add(1, { prompt: `${currentRevision?.promptText}!` });
    const third = await scene.release();
    expect(await db.releaseItem.count({ where: { releaseId: third, exampleId: twin } })).toBe(0);
    expect(
      await db.releaseExclusion.findFirst({ where: { releaseId: third, exampleId: twin } }),
    ).toMatchObject({ reason: 'seen_in_proof' });
    expect(await db.example.findUniqueOrThrow({ where: { id: twin } })).toMatchObject({
      split: 'held_out',
      spentAt: expect.any(Date),
    });
  });

  test('a proof that was begun and not answered has shown nothing', async () => {
    const scene = await createScene(team);
    await scene.begin(0);
    await scene.add(10);
    expect((await previewRelease(team.admin, scene.datasetId)).counts.seen).toMatchObject({
      retired: 0,
      staying: 0,
    });
  });

  test('the database lets nothing retire that is not held out, and nothing come back', async () => {
    const scene = await createScene(team);
    await scene.prove(0);
    await scene.add(10);
    const second = await scene.release();
    const { exampleId } = await db.releaseExclusion.findFirstOrThrow({
      where: { releaseId: second, reason: 'seen_in_proof' },
    });
    for (const spentAt of ['NULL', 'now()'])
      await expect(
        appSql(`UPDATE "Example" SET "spentAt" = ${spentAt} WHERE "id" = $1`, [exampleId]),
      ).rejects.toThrow(/spent_is_final/);
    for (const split of ['training', 'validation'])
      await expect(
        appSql(
          `UPDATE "Example" SET "spentAt" = now() WHERE "id" = (
             SELECT "exampleId" FROM "ReleaseItem" WHERE "releaseId" = $1 AND "split" = $2::"Split" LIMIT 1)`,
          [second, split],
        ),
      ).rejects.toThrow(/Example_spent_is_held_out/);
    const [waiting] = await scene.add(1);
    await expect(
      appSql(`UPDATE "Example" SET "spentAt" = now() WHERE "id" = $1`, [waiting]),
    ).rejects.toThrow(/Example_spent_is_held_out/);
    const [open] = await appSql<{ id: string }>(
      `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById")
       VALUES ($1, $2, 99, $3, $4) RETURNING "id"`,
      [team.workspace.id, scene.datasetId, scene.briefId, team.admin.userId],
    );
    const insert = (id: unknown) =>
      appSql(
        `INSERT INTO "ReleaseItem" ("releaseId", "exampleId", "revisionId", "reviewId", "split", "position")
         SELECT $1, "exampleId", "revisionId", "reviewId", "split", 0 FROM "ReleaseItem"
         WHERE "exampleId" = $2 LIMIT 1`,
        [open?.id, id],
      );
    await expect(insert(exampleId)).rejects.toThrow(/release_item_is_spent/);
    const [kept] = await heldOut(second);
    await insert(kept);
  });

  test('people of another workspace learn nothing', async () => {
    const scene = await createScene(team);
    await scene.prove(0);
    const ids = await heldOut(scene.releases[0] as string);
    expect(await findNextJudgement(team.admin, ids)).toBe(2);
    expect(await findNextJudgement(other.admin, ids)).toBe(1);
    expect(await findLedger(other.admin, scene.datasetId)).toEqual({ looks: [], retirements: [] });
  });
});

test('who opens a model’s answers stands in the ledger, once for each model, and uses up nothing', async () => {
  const own = await createTeam('looked');
  const provable = await createProvable(own, { rows: 40 });
  const second = await createModel(own, provable.releaseId);
  const next = async () => findNextJudgement(own.admin, await heldOut(provable.releaseId));
  const before = await next();
  for (const modelId of [provable.modelId, second]) {
    await createAnswers(modelId);
    for (let time = 0; time < 2; time += 1)
      await openModelAnswers(own.writer, { modelId, known: false, from: 0, endVoting: false });
  }
  const { looks } = await findLedger(own.admin, provable.datasetId);
  const opened = looks.filter(({ kind }) => kind === 'labelled_answers');
  expect(opened).toMatchObject([
    { person: 'writer of looked', runNumber: 2, proofId: null },
    { person: 'writer of looked', runNumber: 1, proofId: null },
  ]);
  expect(await next()).toBe(before);
});
