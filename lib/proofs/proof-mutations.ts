import 'server-only';
import { randomBytes, randomUUID } from 'node:crypto';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { assertCan } from '@/lib/permissions';
import { closeOpenProof } from '@/lib/proofs/closing-mutations';
import { countJudgements } from '@/lib/proofs/ledger-queries';
import { heldOutCommitment, proofCommitment } from '@/lib/proofs/proof-commitment';
import { orderItems } from '@/lib/proofs/proof-order';
import { MAX_PROOF_ROWS } from '@/lib/proofs/proof-schema';
import { levelOfRun } from '@/lib/proofs/statistics/levels';
import type { Viewer } from '@/lib/session';

const RANDOM_BYTES = 32;

/**
 * Begins the proof of a model by a plan: fixes examples, groups, order, sides and level, commits
 * to them in the record, and lets a worker make the answers. The same model and plan have one
 * proof; one that failed or was cancelled is begun again with what it had.
 */
export async function createProof(
  viewer: Viewer,
  input: { modelId: string; planId: string },
): Promise<{ id: string; jobId: string | null }> {
  assertCan(viewer, 'proof:create');
  return db.$transaction(async (tx) => {
    const model = await lockModel(tx, viewer, input.modelId);
    const plan = await tx.proofPlan.findFirst({
      where: { id: input.planId, releaseId: model.releaseId, workspaceId: viewer.workspaceId },
      select: { id: true, commitment: true },
    });
    if (!plan) throw new AppError('NOT_FOUND');
    const existing = await tx.proof.findUnique({
      where: { modelId_planId: { modelId: model.id, planId: plan.id } },
      select: { id: true, state: true },
    });
    if (existing) return beginAgain(tx, viewer, existing);
    const id = await commitProof(tx, viewer, model, plan);
    const job = await startJob(tx, viewer, { kind: 'proof.answer', subjectId: id, input: {} });
    return { id, jobId: job.id };
  });
}

type LockedModel = { id: string; releaseId: string; datasetId: string; adapterSha256: string };

/**
 * Everybody who begins a proof on this dataset waits here: releases of it may hold the same
 * held-out examples, and two proofs on one example must not be the same judgement.
 */
async function lockModel(tx: Tx, viewer: Viewer, modelId: string): Promise<LockedModel> {
  await tx.$queryRaw`
    SELECT 1 FROM "Release" WHERE "datasetId" = (
      SELECT rel."datasetId" FROM "Model" m JOIN "Run" run ON run."id" = m."runId"
      JOIN "Release" rel ON rel."id" = run."releaseId"
      WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid)
    ORDER BY "id" FOR NO KEY UPDATE`;
  const [model] = await tx.$queryRaw<LockedModel[]>`
    SELECT m."id", run."releaseId", rel."datasetId", m."adapterSha256"
    FROM "Model" m JOIN "Run" run ON run."id" = m."runId" JOIN "Release" rel ON rel."id" = run."releaseId"
    WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid FOR UPDATE OF m`;
  if (!model) throw new AppError('NOT_FOUND');
  return model;
}

async function beginAgain(tx: Tx, viewer: Viewer, proof: { id: string; state: string }) {
  if (proof.state !== 'failed' && proof.state !== 'cancelled') return { id: proof.id, jobId: null };
  await tx.proof.update({
    where: { id: proof.id },
    data: { state: 'answering' },
    select: { id: true },
  });
  await recordAudit(tx, viewer, {
    action: 'proof.begun_again',
    subjectType: 'proof',
    subjectId: proof.id,
  });
  const job = await startJob(tx, viewer, { kind: 'proof.answer', subjectId: proof.id, input: {} });
  return { id: proof.id, jobId: job.id };
}

type HeldOutRow = {
  exampleId: string;
  revisionId: string;
  contentHash: string;
  replyKnown: boolean;
  groupKey: string | null;
  derivedFromId: string | null;
  topic: string | null;
  promptText: string;
};

async function commitProof(
  tx: Tx,
  viewer: Viewer,
  model: LockedModel,
  plan: { id: string; commitment: string },
): Promise<string> {
  const rows = await tx.$queryRaw<HeldOutRow[]>`
    SELECT i."exampleId", i."revisionId", r."contentHash", i."replyKnown", e."groupKey",
           e."derivedFromId", e."topic", r."promptText"
    FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId" JOIN "Example" e ON e."id" = i."exampleId"
    WHERE i."releaseId" = ${model.releaseId}::uuid AND i."split" = 'held_out'`;
  if (rows.length === 0) throw new AppError('CONFLICT', 'proofs.errors.nothingHeldOut');
  const orderSeed = randomBytes(RANDOM_BYTES).toString('hex');
  const sideSecret = randomBytes(RANDOM_BYTES).toString('hex');
  const byId = new Map(rows.map((row) => [row.exampleId, row]));
  const items = orderItems(rows, orderSeed, MAX_PROOF_ROWS).map((item) => {
    const { revisionId, contentHash, replyKnown, topic } = byId.get(item.exampleId) as HeldOutRow;
    return { ...item, revisionId, contentHash, replyKnown, topic };
  });
  const id = randomUUID();
  const runOrdinal = await countJudgements(tx, {
    id: model.id,
    heldOutIds: rows.map(({ exampleId }) => exampleId),
  });
  const alpha = levelOfRun(runOrdinal);
  const commitment = proofCommitment({
    proofId: id,
    modelId: model.id,
    adapterSha256: model.adapterSha256,
    runOrdinal,
    alpha,
    plan: plan.commitment,
    heldOut: heldOutCommitment(items),
    orderSeed,
    sideSecret,
  });
  await tx.proof.create({
    data: {
      id,
      workspaceId: viewer.workspaceId,
      planId: plan.id,
      modelId: model.id,
      releaseId: model.releaseId,
      runOrdinal,
      alpha,
      sideSecret,
      orderSeed,
      commitment,
      createdById: viewer.userId,
    },
    select: { id: true },
  });
  await tx.proofItem.createMany({ data: items.map((item) => ({ ...item, proofId: id })) });
  await tx.heldOutLook.create({
    data: {
      workspaceId: viewer.workspaceId,
      datasetId: model.datasetId,
      modelId: model.id,
      proofId: id,
      userId: viewer.userId,
      kind: 'judged',
    },
    select: { id: true },
  });
  await recordAudit(tx, viewer, {
    action: 'proof.begun',
    subjectType: 'proof',
    subjectId: id,
    data: { modelId: model.id, planId: plan.id, rows: items.length, runOrdinal, commitment },
  });
  return id;
}

/** Ends the vote for everybody. Safe to repeat. */
export async function closeProof(viewer: Viewer, proofId: string): Promise<void> {
  assertCan(viewer, 'proof:create');
  await db.$transaction(async (tx) => {
    if (await closeOpenProof(tx, viewer, proofId)) return;
    const proof = await tx.proof.findFirst({
      where: { id: proofId, workspaceId: viewer.workspaceId },
      select: { state: true },
    });
    if (!proof) throw new AppError('NOT_FOUND');
    if (proof.state !== 'closed') throw new AppError('CONFLICT', 'proofs.errors.notOpen');
  });
}
