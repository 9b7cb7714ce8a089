import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import type { Viewer } from '@/lib/session';
import { createMember, createWorkspace } from '@/tests/factories';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { answerProof, createProvable, plan } from '@/tests/factories-proofs';
import { findFirstSteps } from './first-steps-queries';

type House = { workspaceId: string; writer: Viewer; reviewer: Viewer; admin: Viewer };

async function createHouse(isSample = false): Promise<House> {
  const workspace = await createWorkspace({ isSample });
  const [writer, reviewer, admin] = await Promise.all(
    (['writer', 'reviewer', 'admin'] as const).map(
      async (role) => (await createMember(workspace, role)).viewer,
    ),
  );
  if (!writer || !reviewer || !admin) throw new Error('three people');
  return { workspaceId: workspace.id, writer, reviewer, admin };
}

let own: House;
let foreign: House;
beforeEach(async () => {
  own = await createHouse();
  foreign = await createHouse();
});

const ticked = async (viewer: Viewer) =>
  (await findFirstSteps(viewer)).filter(({ isDone }) => isDone).map(({ kind }) => kind);
const pathOf = async (viewer: Viewer, kind: string) =>
  (await findFirstSteps(viewer)).find((step) => step.kind === kind)?.path;

async function walk({ writer, reviewer, admin }: House, examples: number) {
  const { id: datasetId } = await createDataset(admin);
  const briefId = await createApprovedBrief(admin, reviewer, datasetId);
  for (let n = 0; n < examples; n += 1)
    await createApproved(writer, reviewer, datasetId, { prompt: questionOf(n) });
  return { datasetId, briefId };
}

test('nothing is ticked in a new workspace', async () => {
  for (const viewer of [own.writer, own.reviewer, own.admin])
    expect(await ticked(viewer)).toEqual([]);
});

test('writing and reviewing are each person’s own; a writer sees that others reviewed', async () => {
  await walk(own, 1);
  expect(await ticked(own.writer)).toEqual(['write', 'review']);
  expect(await ticked(own.reviewer)).toEqual(['review']);
  expect(await ticked(own.admin)).toEqual([]);
  expect(await ticked(foreign.writer)).toEqual([]);
});

test('a release ticks for all and opens the way to the training', async () => {
  const { datasetId, briefId } = await walk(own, 12);
  expect(await pathOf(own.admin, 'train')).toBeNull();
  await freeze(own.admin, datasetId, briefId);
  expect(await ticked(own.admin)).toEqual(['release']);
  expect(await ticked(own.writer)).toEqual(['write', 'review', 'release']);
  expect(await pathOf(own.admin, 'train')).toBe(`/datasets/${datasetId}/releases/1/train`);
  expect(await ticked(foreign.admin)).toEqual([]);
});

test('what the sample came with ticks nothing; what is done in it afterwards does', async () => {
  const sample = await createHouse(true);
  const { datasetId } = await walk(sample, 2);
  await db.$executeRaw`
    UPDATE "Workspace" SET "createdAt" = clock_timestamp() WHERE "id" = ${sample.workspaceId}::uuid`;
  for (const viewer of [sample.writer, sample.reviewer, sample.admin])
    expect(await ticked(viewer)).toEqual([]);
  await createApproved(sample.writer, sample.reviewer, datasetId, { prompt: questionOf(9) });
  expect(await ticked(sample.writer)).toEqual(['write', 'review']);
  expect(await ticked(sample.reviewer)).toEqual(['review']);
});

test('a model ticks the training; its proof ticks once the answers are there, and no look does', async () => {
  const team = await createTeam('street');
  const of = () => ticked(team.admin);
  const provable = await createProvable(team, { rows: 40 });
  const { modelId, releaseId } = provable;
  expect(await of()).toEqual(['release', 'train']);
  expect(await pathOf(team.admin, 'prove')).toBe(`/models/${modelId}#proof`);
  expect(await pathOf(team.writer, 'prove')).toBeNull();

  const [held] = await db.releaseItem.findMany({
    where: { releaseId, split: 'held_out' },
    select: { exampleId: true },
  });
  await db.heldOutView.create({
    data: {
      workspaceId: team.workspace.id,
      exampleId: held?.exampleId ?? '',
      userId: team.admin.userId,
      modelId,
    },
  });
  expect(await of()).toEqual(['release', 'train']);

  const { id: planId } = await createPlan(team.admin, plan(releaseId));
  const { id: proofId } = await createProof(team.admin, { modelId, planId });
  expect(await of()).toEqual(['release', 'train']);
  await answerProof(team, proofId, (arm, index) => `${arm} answer ${index}`);
  expect(await of()).toEqual(['release', 'train']);
  const next = await takeBallot(team.reviewer, proofId);
  if (next.kind !== 'ballot') throw new Error('no ballot');
  const { ballot } = next;
  await castVote(team.reviewer, { proofId, ballot, choice: 'a', guess: null, reason: '' });
  for (const state of ['open', 'closed'] as const) {
    expect(await db.proof.findUniqueOrThrow({ where: { id: proofId } })).toMatchObject({ state });
    expect(await of()).toEqual(['release', 'train', 'prove']);
    if (state === 'open') await closeProof(team.admin, proofId);
  }
  expect(await ticked(foreign.admin)).toEqual([]);
});
