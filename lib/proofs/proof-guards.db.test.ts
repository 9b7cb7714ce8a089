// What the database keeps by itself, tried by plain SQL as the app's role, and what begins a proof.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { runJob } from '@/lib/jobs';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { findPower } from '@/lib/proofs/power-queries';
import { heldOutCommitment, planCommitment, proofCommitment } from '@/lib/proofs/proof-commitment';
import { proofAnswerJob } from '@/lib/proofs/proof-jobs';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import { getResult } from '@/lib/proofs/result-queries';
import { stopQueue } from '@/lib/queue';
import { appSql, ownerSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import {
  answerProof,
  createModel,
  createOpenProof,
  createProvable,
  type Provable,
  plan,
} from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  provable = await createProvable(team, { rows: 60 });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const refused = (code: string) => expect.objectContaining({ code });
let margin = 0;
const begin = async () => {
  const { id: planId } = await createPlan(
    team.admin,
    plan(provable.releaseId, { marginOf100: ++margin }),
  );
  return createProof(team.admin, { modelId: provable.modelId, planId });
};

describe('the database refuses', () => {
  test('to change or delete plans, examples, answers, ballots, votes and looks', async () => {
    const proofId = await createOpenProof(team, provable, { marginOf100: ++margin });
    const next = await takeBallot(team.reviewer, proofId);
    if (next.kind !== 'ballot') throw new Error('no ballot');
    await castVote(team.reviewer, {
      proofId,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: '',
    });
    const columns = {
      ProofPlan: `"barOf100" = 1`,
      ProofItem: `"groupNumber" = 1`,
      ProofAnswer: `"text" = 'x'`,
      Ballot: `"tunedOnA" = NOT "tunedOnA"`,
      ProofVote: `"choice" = 'b'`,
      HeldOutLook: `"kind" = 'judged'`,
    };
    for (const [table, change] of Object.entries(columns)) {
      await expect(appSql(`UPDATE "${table}" SET ${change}`), table).rejects.toThrow(
        /permission denied/,
      );
      await expect(appSql(`DELETE FROM "${table}"`), table).rejects.toThrow(/permission denied/);
      await expect(ownerSql(`UPDATE "${table}" SET ${change}`), table).rejects.toThrow(
        /immutable_row/,
      );
      await expect(ownerSql(`DELETE FROM "${table}"`), table).rejects.toThrow(/immutable_row/);
    }
    await expect(appSql(`UPDATE "Proof" SET "alpha" = 0.5`)).rejects.toThrow(/proof_is_committed/);
    await expect(appSql(`UPDATE "Proof" SET "sideSecret" = 'ab'`)).rejects.toThrow(
      /proof_is_committed/,
    );
    await expect(
      appSql(`UPDATE "Proof" SET "opponent" = 'nearest' WHERE "id" = $1`, [proofId]),
    ).rejects.toThrow(/proof_is_answered/);
    await expect(
      appSql(`UPDATE "Proof" SET "state" = 'answering' WHERE "id" = $1`, [proofId]),
    ).rejects.toThrow(/proof_goes_forward/);
    await expect(appSql(`DELETE FROM "Proof"`)).rejects.toThrow(/permission denied/);
  });

  test('a second vote on a ballot, a gap in the order, and votes once it is closed', async () => {
    const proofId = await createOpenProof(team, provable, { marginOf100: ++margin });
    const next = await takeBallot(team.reviewer, proofId);
    if (next.kind !== 'ballot') throw new Error('no ballot');
    const insert = (ordinal: number) =>
      appSql(
        `INSERT INTO "ProofVote" ("workspaceId", "proofId", "ballotId", "userId", "ordinal", "choice", "hash", "at")
         VALUES ($1, $2, $3, $4, $5, 'a', 'x', now())`,
        [team.workspace.id, proofId, next.ballot, team.reviewer.userId, ordinal],
      );
    await expect(insert(2)).rejects.toThrow(/vote_out_of_order/);
    await insert(1);
    await expect(insert(2)).rejects.toThrow(/ballot_is_cast/);
    await closeProof(team.admin, proofId);
    await expect(insert(2)).rejects.toThrow(/proof_is_not_open/);
  });

  test('answers after the proof is open, and rows of another workspace', async () => {
    const proofId = await createOpenProof(team, provable, { marginOf100: ++margin });
    for (const change of [
      `"answersCommitment" = NULL`,
      `"answeredAt" = now()`,
      `"opponent" = 'tuned'`,
    ])
      await expect(
        appSql(`UPDATE "Proof" SET ${change} WHERE "id" = $1`, [proofId]),
      ).rejects.toThrow(/proof_is_answered/);
    await expect(
      appSql(
        `INSERT INTO "ProofAnswer" SELECT "proofId", "exampleId", 'nearest', 'x', 'x', 0, 0, NULL, false, NULL, '{}'
         FROM "ProofItem" WHERE "proofId" = $1 LIMIT 1`,
        [proofId],
      ),
    ).rejects.toThrow(/proof_is_answered/);
    await expect(
      appSql(
        `INSERT INTO "HeldOutLook" ("workspaceId", "datasetId", "modelId", "proofId", "userId", "kind")
         VALUES ($1, $2, $3, $4, $5, 'judged')`,
        [other.workspace.id, provable.datasetId, provable.modelId, proofId, other.admin.userId],
      ),
    ).rejects.toThrow(/foreign key/);
  });
});

describe('a proof', () => {
  test('is committed to before the first answer, in the record too', async () => {
    const { id } = await begin();
    const proof = await db.proof.findUniqueOrThrow({
      where: { id },
      include: { plan: true, items: true, model: true },
    });
    expect(proof.plan.commitment).toBe(
      planCommitment({ ...plan(provable.releaseId), marginOf100: margin }),
    );
    expect(proof.commitment).toBe(
      proofCommitment({
        proofId: id,
        modelId: provable.modelId,
        adapterSha256: proof.model.adapterSha256,
        runOrdinal: proof.runOrdinal,
        alpha: proof.alpha,
        plan: proof.plan.commitment,
        heldOut: heldOutCommitment(proof.items),
        orderSeed: proof.orderSeed,
        sideSecret: proof.sideSecret,
      }),
    );
    const entry = await db.auditEvent.findFirstOrThrow({
      where: { action: 'proof.begun', subjectId: id },
    });
    expect(entry.data).toMatchObject({ commitment: proof.commitment });
    expect(JSON.stringify(entry.data)).not.toContain(proof.sideSecret);
    const heldOut = await db.releaseItem.count({
      where: { releaseId: provable.releaseId, split: 'held_out' },
    });
    expect(proof.items).toHaveLength(heldOut);
  });

  test('is one per model and plan, however often it is asked for; another plan is another proof', async () => {
    const { id: planId } = await createPlan(
      team.admin,
      plan(provable.releaseId, { marginOf100: ++margin }),
    );
    const same = await createPlan(team.admin, plan(provable.releaseId, { marginOf100: margin }));
    expect(same.id).toBe(planId);
    const begun = await Promise.all(
      Array.from({ length: 5 }, () =>
        createProof(team.admin, { modelId: provable.modelId, planId }),
      ),
    );
    const ids = begun.map((proof) => proof.id);
    expect(new Set(ids).size).toBe(1);
    const jobs = await db.job.count({ where: { subjectId: { in: ids }, kind: 'proof.answer' } });
    expect(jobs).toBe(1);
    expect((await begin()).id).not.toBe(begun[0]?.id);
  });

  test('meets a stricter level at each further judgement on the same examples', async () => {
    const own = await createProvable(team, { rows: 40 });
    const levels: number[] = [];
    for (let n = 1; n <= 2; n += 1) {
      const { id: planId } = await createPlan(team.admin, plan(own.releaseId, { marginOf100: n }));
      const { id } = await createProof(team.admin, { modelId: own.modelId, planId });
      levels.push((await db.proof.findUniqueOrThrow({ where: { id } })).alpha);
    }
    const second = await createModel(team, own.releaseId);
    const power = await findPower(team.admin, { releaseId: own.releaseId, modelId: second });
    expect(power.ordinal).toBe(3);
    expect(power.drawn).toBeNull();
    expect(levels).toEqual([0.05 / 2, 0.05 / 6]);
  });

  test('that asks fewer rows than its release holds back says how many', async () => {
    const { id } = await begin();
    await answerProof(team, id, (arm, index) => `${arm} ${index}`, 612);
    const asked = await db.proofItem.count({ where: { proofId: id } });
    expect((await getResult(team.writer, id)).drawn).toEqual({ asked, of: 612 });
  });

  test('that failed says so, keeps its commitments and can be begun again', async () => {
    const { id, jobId } = await begin();
    if (!jobId) throw new Error('no job');
    // There is no base model on this machine: a failure that a person can act on.
    await runJob(proofAnswerJob, {
      jobId,
      lastAttempt: false,
      signal: new AbortController().signal,
    });
    expect(await db.job.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({
      state: 'failed',
      errorCode: 'training.errors.baseModelMissing',
    });
    const failed = await db.proof.findUniqueOrThrow({ where: { id } });
    expect(failed.state).toBe('failed');
    const again = await createProof(team.admin, {
      modelId: provable.modelId,
      planId: failed.planId,
    });
    expect(again.id).toBe(id);
    expect(again.jobId).not.toBeNull();
    await answerProof(team, id, (arm, index) => `${arm} ${index}`);
    expect(await db.proof.findUniqueOrThrow({ where: { id } })).toMatchObject({
      state: 'open',
      commitment: failed.commitment,
    });
  });

  test('one failed answer does not spoil the rest', async () => {
    const proofId = await createOpenProof(
      team,
      provable,
      { marginOf100: ++margin },
      (arm, index) => (arm === 'tuned' && index === 0 ? null : `${arm} ${index}`),
    );
    const answers = await db.proofAnswer.findMany({ where: { proofId, arm: 'tuned' } });
    expect(answers.filter((answer) => answer.error !== null)).toHaveLength(1);
    const next = await takeBallot(team.reviewer, proofId);
    expect(next).toMatchObject({ kind: 'ballot', of: answers.length - 1 });
  });

  test('belongs to its workspace and to admins', async () => {
    const input = plan(provable.releaseId, { marginOf100: ++margin });
    await expect(createPlan(team.reviewer, input)).rejects.toEqual(refused('FORBIDDEN'));
    await expect(createPlan(other.admin, input)).rejects.toEqual(refused('NOT_FOUND'));
    const { id: planId } = await createPlan(team.admin, input);
    const foreign = await createProvable(other, { rows: 20 });
    await expect(createProof(other.admin, { modelId: foreign.modelId, planId })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    await expect(createProof(other.admin, { modelId: provable.modelId, planId })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    const { id } = await begin();
    await expect(closeProof(other.admin, id)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(closeProof(team.admin, id)).rejects.toEqual(refused('CONFLICT'));
  });

  test('goes with its workspace when that is erased', async () => {
    const gone = await createTeam('gone');
    const own = await createProvable(gone, { rows: 20 });
    const proofId = await createOpenProof(gone, own);
    const next = await takeBallot(gone.reviewer, proofId);
    if (next.kind !== 'ballot') throw new Error('no ballot');
    await castVote(gone.reviewer, {
      proofId,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: '',
    });
    await db.$executeRaw`SELECT erase_workspace(${gone.workspace.id}::uuid, NULL)`;
    expect(await db.proof.count({ where: { id: proofId } })).toBe(0);
    expect(await db.proofVote.count({ where: { proofId } })).toBe(0);
  });
});
