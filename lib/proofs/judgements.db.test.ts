// The how-many-th judgement a proof is follows what is really reused.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect, Prisma } from '@/lib/db';
import { createScene, heldOut, ordinalOf, type Scene } from '@/lib/proofs/ledger-fixtures';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { findPower } from '@/lib/proofs/power-queries';
import { createProof } from '@/lib/proofs/proof-mutations';
import { levelOfRun } from '@/lib/proofs/statistics/levels';
import { stopQueue } from '@/lib/queue';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { plan } from '@/tests/factories-proofs';
import { endOpenJobs } from '@/tests/open-jobs';

let team: Awaited<ReturnType<typeof createTeam>>;

beforeAll(async () => {
  team = await createTeam('bicycles');
});
// No worker runs here, and a workspace has only so many places for jobs.
beforeEach(endOpenJobs);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

describe('the how-many-th judgement', () => {
  type Step = (scene: Scene) => Promise<unknown>;
  const train =
    (release: number): Step =>
    (scene) =>
      scene.train(release);
  const add =
    (count: number): Step =>
    (scene) =>
      scene.add(count);
  const release: Step = (scene) => scene.release();
  const prove =
    (model: number): Step =>
    (scene) =>
      scene.prove(model);

  test.each<[string, Step[], number[]]>([
    ['one model by three plans', [prove(0), prove(0), prove(0)], [1, 2, 3]],
    ['two models, both measured before', [train(0), prove(0), prove(1)], [2, 3]],
    ['a model after two proofs of another', [prove(0), prove(0), train(0), prove(1)], [1, 2, 3]],
    [
      'two models in turns never share one',
      [train(0), prove(0), prove(1), prove(0), prove(1)],
      [2, 3, 4, 5],
    ],
    ['models that are only measured', [train(0), train(0), prove(2)], [3]],
    ['a further release with nothing fresh', [prove(0), release, train(1), prove(1)], [1, 2]],
    [
      'a further release in which a part is fresh',
      [prove(0), add(2), release, train(1), prove(1)],
      [1, 2],
    ],
    [
      'a further release in which all is fresh begins anew',
      [prove(0), add(10), release, train(1), prove(1), prove(1)],
      [1, 1, 2],
    ],
    [
      'the old release goes on with its own count',
      [prove(0), add(10), release, train(1), prove(1), prove(0)],
      [1, 1, 2],
    ],
    [
      'a release that shares rows only with the one before it comes after that one',
      // What the first proof saw is out of the third release by then; what the next two saw is not.
      [
        prove(0),
        add(4),
        release,
        train(1),
        prove(1),
        prove(1),
        add(2),
        release,
        train(2),
        prove(2),
      ],
      [1, 2, 3, 4],
    ],
    [
      'a third release in which all is fresh begins anew again',
      [prove(0), add(4), release, train(1), prove(1), add(12), release, train(2), prove(2)],
      [1, 2, 1],
    ],
    ['a release frozen before any proof shares its rows', [release, train(1), prove(1)], [2]],
  ])('%s', async (_name, steps, expected) => {
    const scene = await createScene(team);
    const ordinals: number[] = [];
    for (const step of steps) {
      const made = await step(scene);
      if (typeof made === 'string' && (await db.proof.count({ where: { id: made } })) > 0)
        ordinals.push(await ordinalOf(made));
    }
    expect(ordinals).toEqual(expected);
  });

  test('a stopped proof keeps its place, and may go on in it', async () => {
    const scene = await createScene(team);
    const stopped = await scene.begin(0);
    await db.proof.update({ where: { id: stopped }, data: { state: 'cancelled' } });
    expect(await ordinalOf(await scene.begin(0))).toBe(2);
    const { planId } = await db.proof.findUniqueOrThrow({ where: { id: stopped } });
    const again = await createProof(team.admin, { modelId: scene.models[0] as string, planId });
    expect([again.id, await ordinalOf(again.id)]).toEqual([stopped, 1]);
  });

  test('is told before the proof as it then is, and its levels on one example stay within α', async () => {
    const scene = await createScene(team);
    await scene.train(0);
    const models = [...scene.models.entries()];
    for (const [model, modelId] of [...models, ...models]) {
      const releaseId = scene.releases[0] as string;
      const { ordinal } = await findPower(team.admin, { releaseId, modelId });
      expect(await ordinalOf(await scene.begin(model))).toBe(ordinal);
    }
    const [example = ''] = await heldOut(scene.releases[0] as string);
    const proofs = await db.proof.findMany({ where: { items: { some: { exampleId: example } } } });
    expect(proofs).toHaveLength(4);
    expect(new Set(proofs.map(({ runOrdinal }) => runOrdinal)).size).toBe(4);
    for (const { runOrdinal, alpha } of proofs) expect(alpha).toBe(levelOfRun(runOrdinal));
    expect(proofs.reduce((sum, { alpha }) => sum + alpha, 0)).toBeLessThanOrEqual(0.05);
  });

  test('ten proofs begun at once on two releases that share rows are ten different ones', async () => {
    const scene = await createScene(team);
    await scene.release();
    await scene.train(1);
    const plans = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        createPlan(
          team.admin,
          plan(scene.releases[n % 2] as string, { marginOf100: 40, barOf100: 50 + n }),
        ),
      ),
    );
    const begun = await Promise.all(
      plans.map(({ id }, n) =>
        createProof(team.admin, { modelId: scene.models[n % 2] as string, planId: id }),
      ),
    );
    const ordinals = await Promise.all(begun.map(({ id }) => ordinalOf(id)));
    expect(ordinals.sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  describe('the database', () => {
    const copyProof = (first: string, ordinal: number) =>
      Prisma.sql`WITH planned AS (
         INSERT INTO "ProofPlan" ("workspaceId", "releaseId", "measure", "barOf100", "marginOf100", "votesPerPrompt", "commitment", "createdById")
         SELECT "workspaceId", "releaseId", "measure", "barOf100", "marginOf100", "votesPerPrompt", 'x', "createdById"
         FROM "ProofPlan" WHERE "id" = (SELECT "planId" FROM "Proof" WHERE "id" = ${first}::uuid) RETURNING "id")
       INSERT INTO "Proof" ("workspaceId", "planId", "modelId", "releaseId", "runOrdinal", "alpha", "sideSecret", "orderSeed", "commitment", "createdById")
       SELECT p."workspaceId", planned."id", p."modelId", p."releaseId", ${ordinal}::int, 0.01, 'a', 'a', 'x', p."createdById"
       FROM "Proof" p, planned WHERE p."id" = ${first}::uuid RETURNING "id"`;
    const copyItems = (first: string, proofId: string) =>
      Prisma.sql`INSERT INTO "ProofItem" ("proofId", "exampleId", "revisionId", "position", "groupNumber", "replyKnown", "contentHash")
       SELECT ${proofId}::uuid, "exampleId", "revisionId", "position", "groupNumber", "replyKnown", "contentHash"
       FROM "ProofItem" WHERE "proofId" = ${first}::uuid`;
    const copy = async (first: string, ordinal: number) => {
      const plain = <Row extends { id: string }>({ text, values }: Prisma.Sql) =>
        appSql<Row>(text, values);
      const [made] = await plain(copyProof(first, ordinal));
      await plain(copyItems(first, made?.id ?? ''));
    };

    test('refuses a proof that takes the place of another on the same example', async () => {
      const scene = await createScene(team);
      const first = await scene.begin(0);
      await expect(copy(first, 1)).rejects.toThrow(/judgement_out_of_order/);
      await copy(first, 2);
      await expect(copy(first, 2)).rejects.toThrow(/judgement_out_of_order/);
    });

    test('lets one wait that begins before the other is through', async () => {
      const scene = await createScene(team);
      const first = await scene.begin(0);
      let open = () => {};
      const gate = new Promise<void>((resolve) => {
        open = resolve;
      });
      let begun = () => {};
      const isBegun = new Promise<void>((resolve) => {
        begun = resolve;
      });
      const slow = db.$transaction(
        async (tx) => {
          const [made] = await tx.$queryRaw<{ id: string }[]>(copyProof(first, 2));
          await tx.$executeRaw(copyItems(first, made?.id ?? ''));
          begun();
          await gate;
        },
        { timeout: 30_000 },
      );
      await isBegun;
      let isThrough = false;
      const quick = copy(first, 2).then(
        () => 'stored',
        (error: Error) => error.message,
      );
      void quick.finally(() => {
        isThrough = true;
      });
      const waits = () => appSql('SELECT 1 FROM pg_locks WHERE NOT granted');
      while (!isThrough && (await waits()).length === 0);
      open();
      await slow;
      expect(await quick).toMatch(/judgement_out_of_order/);
    });
  });
});
