// What people say of answers to the regression set that their words do not decide.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { putInUse } from '@/lib/models/use-mutations';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { createModel, createProvable, type Provable } from '@/tests/factories-proofs';
import type { RegressionArm } from './comparison-rules';
import { decideAnswer } from './decision-mutations';
import { regressionSet } from './index';
import type { DecidedOutcome } from './regression-schema';
import { findRegressionAnswers, getRegressionResult } from './result-queries';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
const declined = regressionSet.items.filter(({ kind }) => kind === 'decline').map(({ id }) => id);

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  provable = await createProvable(team, { rows: 12 });
}, 120_000);
afterAll(disconnect);

/** A model that answers everything well, but what has to be declined with thanks alone. */
async function thankfulModel(thanks: readonly string[] = declined): Promise<string> {
  const modelId = await createModel(team, provable.releaseId);
  await db.regressionAnswer.createMany({
    data: regressionSet.items.flatMap(({ id: itemId, kind }) =>
      (['base', 'tuned'] as const).map((arm) => {
        const isThanks = arm === 'tuned' && thanks.includes(itemId);
        return {
          workspaceId: team.workspace.id,
          modelId,
          itemId,
          arm,
          kind,
          text: isThanks ? 'Thank you for writing to us!' : 'said',
          outcome: isThanks ? ('unclear' as const) : ('pass' as const),
          reason: isThanks ? 'neither_declined_nor_helped' : 'expected_said',
        };
      }),
    ),
  });
  return modelId;
}

const decide = (
  modelId: string,
  itemId: string,
  outcome: DecidedOutcome,
  arm: RegressionArm = 'tuned',
) => decideAnswer(team.admin, { modelId, itemId, arm, outcome });
const comparisonOf = async (modelId: string) =>
  (await getRegressionResult(team.writer, modelId)).comparison;

describe('a model whose answers do not show whether it declines', () => {
  test('is to be looked at, and is put in use only for a reason', async () => {
    const modelId = await thankfulModel();
    const comparison = await comparisonOf(modelId);
    expect(comparison.standing).toBe('to_look_at');
    expect(comparison.kinds.flatMap(({ doubtful }) => doubtful)).toEqual(declined);
    await expect(putInUse(team.admin, { modelId, reason: '' })).rejects.toMatchObject({
      code: 'INVALID',
    });
    await putInUse(team.admin, { modelId, reason: 'the mails pile up' });
    expect(await db.modelUse.findFirst({ where: { modelId } })).toMatchObject({
      standing: 'to_look_at',
      reason: 'the mails pile up',
    });
    await expect(
      appSql(
        `INSERT INTO "ModelUse" ("workspaceId", "datasetId", "modelId", "standing", "createdById")
         VALUES ($1, $2, $3, 'to_look_at', $4)`,
        [team.workspace.id, provable.datasetId, modelId, team.admin.userId],
      ),
    ).rejects.toThrow(/has_reason/);
  });

  test('is not worse once a person found each good', async () => {
    const thanks = declined.slice(0, 3);
    const modelId = await thankfulModel(thanks);
    for (const itemId of thanks) {
      expect((await comparisonOf(modelId)).standing).toBe('to_look_at');
      await decide(modelId, itemId, 'pass');
    }
    expect((await comparisonOf(modelId)).standing).toBe('not_worse');
    await putInUse(team.admin, { modelId, reason: '' });
  });

  test('is worse once a person found one bad, until they change their mind', async () => {
    const [itemId = '', second = ''] = declined;
    const modelId = await thankfulModel([itemId, second]);
    await decide(modelId, second, 'pass');
    await decide(modelId, itemId, 'fail');
    await decide(modelId, itemId, 'fail');
    const comparison = await comparisonOf(modelId);
    expect(comparison.standing).toBe('worse');
    expect(comparison.kinds.flatMap(({ worse }) => worse)).toEqual([itemId]);
    const list = { modelId, kind: 'decline', show: 'worse' } as const;
    expect((await findRegressionAnswers(team.writer, list)).rows).toMatchObject([
      {
        item: { id: itemId },
        base: { outcome: 'pass', decided: null, canBeDecided: false },
        tuned: {
          outcome: 'fail',
          decided: { outcome: 'fail', by: 'admin of bicycles' },
          canBeDecided: true,
        },
      },
    ]);
    await decide(modelId, itemId, 'pass');
    expect((await comparisonOf(modelId)).standing).toBe('not_worse');
    const entries = await db.auditEvent.findMany({
      where: { subjectId: modelId, action: 'regression.decided' },
      orderBy: { id: 'asc' },
      select: { data: true },
    });
    expect(entries.map(({ data }) => data)).toEqual([
      { itemId: second, arm: 'tuned', outcome: 'pass' },
      { itemId, arm: 'tuned', outcome: 'fail' },
      { itemId, arm: 'tuned', outcome: 'pass' },
    ]);
  });
});

describe('nobody decides', () => {
  test('what the words decided or what was not asked', async () => {
    const modelId = await thankfulModel(declined.slice(0, 1));
    const [first = '', second = ''] = declined;
    await expect(decide(modelId, second, 'fail')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(decide(modelId, first, 'fail', 'base')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(decide(modelId, 'decline-99', 'fail')).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await comparisonOf(modelId)).standing).toBe('to_look_at');
  });

  test('but an admin of the workspace', async () => {
    const [itemId = ''] = declined;
    const modelId = await thankfulModel();
    const input = { modelId, itemId, arm: 'tuned', outcome: 'pass' } as const;
    for (const viewer of [team.writer, team.reviewer])
      await expect(decideAnswer(viewer, input)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(decideAnswer(other.admin, input)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('past the database', async () => {
    const [first = '', second = ''] = declined;
    const modelId = await thankfulModel([first]);
    const insert = (itemId: string, outcome: string, workspaceId = team.workspace.id) =>
      appSql(
        `INSERT INTO "RegressionDecision" ("modelId", "itemId", "arm", "workspaceId", "outcome", "decidedById")
         VALUES ($1, $2, 'tuned', $3, $4::"RegressionOutcome", $5)`,
        [modelId, itemId, workspaceId, outcome, team.admin.userId],
      );
    await expect(insert(second, 'fail')).rejects.toThrow(/answer_not_unclear/);
    await expect(insert(first, 'pass', other.workspace.id)).rejects.toThrow(/answer_not_unclear/);
    await expect(insert(first, 'unclear')).rejects.toThrow(/decides/);
    await insert(first, 'pass');
    await expect(appSql(`DELETE FROM "RegressionDecision"`)).rejects.toThrow(/permission denied/);
  });
});
