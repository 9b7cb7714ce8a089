import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { findModels } from '@/lib/models/model-queries';
import { putInUse, takeOutOfUse } from '@/lib/models/use-mutations';
import { findModelInUse, findUses } from '@/lib/models/use-queries';
import { stopQueue } from '@/lib/queue';
import { regressionSet } from '@/lib/regression-set';
import { appSql, ownerSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { createModel, createProvable, type Provable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  provable = await createProvable(team, { rows: 12 });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const newModel = () => createModel(team, provable.releaseId);

/** A model with answers to the whole set: the same as the base model's, but for those that failed. */
async function answeredModel(failed: readonly string[] = []): Promise<string> {
  const modelId = await newModel();
  await db.regressionAnswer.createMany({
    data: regressionSet.items.flatMap(({ id: itemId, kind }) =>
      (['base', 'tuned'] as const).map((arm) => ({
        workspaceId: team.workspace.id,
        modelId,
        itemId,
        arm,
        kind,
        text: 'So it is.',
        outcome: arm === 'tuned' && failed.includes(itemId) ? ('fail' as const) : ('pass' as const),
        reason: 'expected_said',
      })),
    ),
  });
  return modelId;
}

const inUse = async () => (await findModelInUse(team.writer, provable.datasetId))?.id ?? null;
const entriesOf = (modelId: string) =>
  db.auditEvent.findMany({
    where: { subjectId: modelId, subjectType: 'model' },
    orderBy: { id: 'asc' },
    select: { action: true, data: true },
  });

describe('a model in use', () => {
  test('not worse than its base model, it takes no reason', async () => {
    const modelId = await answeredModel();
    await putInUse(team.admin, { modelId, reason: '' });
    await putInUse(team.admin, { modelId, reason: '' });
    expect(await inUse()).toBe(modelId);
    expect(await findUses(team.writer, modelId)).toMatchObject([
      { standing: 'not_worse', reason: null, endedAt: null, by: 'admin of bicycles' },
    ]);
    const models = await findModels(team.writer);
    expect(models.filter((model) => model.isInUse).map(({ id }) => id)).toEqual([modelId]);
  });

  test.each<[string, () => Promise<string>, string]>([
    ['worse', () => answeredModel(['leak-03']), 'worse'],
    ['not asked', newModel, 'not_asked'],
  ])('%s, it takes a reason, which stays', async (_, make, standing) => {
    const modelId = await make();
    const before = await inUse();
    await expect(putInUse(team.admin, { modelId, reason: '' })).rejects.toMatchObject({
      code: 'INVALID',
      messageKey: 'models.use.errors.reasonNeeded',
    });
    expect(await inUse()).toBe(before);
    await putInUse(team.admin, { modelId, reason: 'The old one breaks every rule.' });
    const [use] = await findUses(team.writer, modelId);
    expect(use).toMatchObject({ standing, reason: 'The old one breaks every rule.' });
    const [entry] = await entriesOf(modelId);
    // The record names the use that holds the reason; it holds no texts itself.
    expect(entry).toMatchObject({
      action: 'model.put_in_use',
      data: { useId: use?.id, standing, hasReason: true },
    });
    expect(JSON.stringify(entry)).not.toContain('breaks');
  });

  test('takes the place of another one of its dataset, and can be taken out again', async () => {
    const [first, second] = [await answeredModel(), await answeredModel()];
    await putInUse(team.admin, { modelId: first, reason: '' });
    await putInUse(team.admin, { modelId: second, reason: '' });
    expect(await inUse()).toBe(second);
    expect(await findUses(team.writer, first)).toMatchObject([{ endedAt: expect.any(Date) }]);
    expect((await entriesOf(first)).at(-1)).toMatchObject({
      action: 'model.taken_out_of_use',
      data: { replacedById: second },
    });
    await takeOutOfUse(team.admin, first);
    expect(await inUse()).toBe(second);
    await takeOutOfUse(team.admin, second);
    await takeOutOfUse(team.admin, second);
    expect(await inUse()).toBeNull();
    expect((await entriesOf(second)).map(({ action }) => action)).toEqual([
      'model.put_in_use',
      'model.taken_out_of_use',
    ]);
  });

  test('of twenty who decide at once, one model is in use in the end', async () => {
    const models = [await answeredModel(), await answeredModel()];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        putInUse(team.admin, { modelId: models[n % 2] ?? '', reason: '' }),
      ),
    );
    expect(
      await db.modelUse.count({ where: { datasetId: provable.datasetId, endedAt: null } }),
    ).toBe(1);
    expect(models).toContain(await inUse());
  });

  test('is for admins of the workspace to decide', async () => {
    const modelId = await answeredModel();
    for (const viewer of [team.writer, team.reviewer]) {
      await expect(putInUse(viewer, { modelId, reason: '' })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
      await expect(takeOutOfUse(viewer, modelId)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(putInUse(other.admin, { modelId, reason: 'mine' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(takeOutOfUse(other.admin, modelId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await findUses(other.admin, modelId)).toEqual([]);
    expect(await findModelInUse(other.admin, provable.datasetId)).toBeNull();
  });
});

describe('the database refuses', () => {
  const insert = (
    modelId: string,
    over: {
      datasetId?: string;
      workspaceId?: string;
      standing?: string;
      reason?: string | null;
    } = {},
  ) =>
    appSql(
      `INSERT INTO "ModelUse" ("workspaceId", "datasetId", "modelId", "standing", "reason", "createdById")
       VALUES ($1, $2, $3, $4::"RegressionStanding", $5, $6)`,
      [
        over.workspaceId ?? team.workspace.id,
        over.datasetId ?? provable.datasetId,
        modelId,
        over.standing ?? 'not_worse',
        over.reason ?? null,
        team.admin.userId,
      ],
    );

  test('a use without its reason, a second one, one of another dataset or workspace', async () => {
    const modelId = await newModel();
    await db.modelUse.updateMany({
      where: { datasetId: provable.datasetId, endedAt: null },
      data: { endedAt: new Date(), endedById: team.admin.userId },
    });
    await expect(insert(modelId, { standing: 'worse' })).rejects.toThrow(/has_reason/);
    await expect(insert(modelId, { standing: 'worse', reason: 'no' })).rejects.toThrow(/length/);
    await expect(insert(modelId, { workspaceId: other.workspace.id })).rejects.toThrow(/fkey/);
    const apart = await createProvable(team, { rows: 12 });
    await expect(insert(modelId, { datasetId: apart.datasetId })).rejects.toThrow(
      /model_of_another_dataset/,
    );
    await insert(modelId);
    await expect(insert(await newModel())).rejects.toThrow(/ModelUse_one_of_dataset/);
  });

  test('to change, delete or reopen one', async () => {
    const modelId = await answeredModel();
    await putInUse(team.admin, { modelId, reason: '' });
    const change = (set: string) =>
      appSql(`UPDATE "ModelUse" SET ${set} WHERE "modelId" = $1`, [modelId]);
    await expect(change(`"reason" = 'because'`)).rejects.toThrow(/immutable_row/);
    await expect(change(`"createdById" = uuidv7()`)).rejects.toThrow(/immutable_row/);
    await takeOutOfUse(team.admin, modelId);
    await expect(change(`"endedAt" = NULL, "endedById" = NULL`)).rejects.toThrow(/immutable_row/);
    await expect(appSql(`DELETE FROM "ModelUse"`)).rejects.toThrow(/permission denied/);
    await expect(ownerSql(`DELETE FROM "ModelUse"`)).rejects.toThrow(/immutable_row/);
  });
});
