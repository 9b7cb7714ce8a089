// Whether there are people enough for the votes that a plan asks for.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { findPlanVoters, findVoteReach } from '@/lib/proofs/voter-queries';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createExample, createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable, type Provable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
let heldOut: { id: string; topic: string | null }[];

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  provable = await createProvable(team, {
    rows: 160,
    topicOf: (number) => (number % 2 ? 'delivery' : 'refund'),
  });
  const items = await db.releaseItem.findMany({
    where: { releaseId: provable.releaseId, split: 'held_out' },
    select: { exampleId: true },
  });
  heldOut = await db.example.findMany({
    where: { id: { in: items.map(({ exampleId }) => exampleId) } },
    select: { id: true, topic: true },
  });
  // The admin wrote for one of the topics; the reviewer wrote nothing.
  await createExample(team.admin, provable.datasetId, { topic: 'refund' });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const of = (topic: string) => heldOut.filter((one) => one.topic === topic).length;
let margin = 0;
const fresh = (over: Parameters<typeof createOpenProof>[2] = {}) =>
  createOpenProof(team, provable, { marginOf100: ++margin, ...over });
const reachOf = (viewer: Viewer, proofId: string) => findVoteReach(viewer, [proofId]);

/** Votes on all that a person may be shown. */
async function voteOnAll(viewer: Viewer, proofId: string): Promise<void> {
  let next = await takeBallot(viewer, proofId);
  while (next.kind === 'ballot')
    next = await castVote(viewer, {
      proofId,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: '',
    });
}

describe('before a proof', () => {
  test('the people are counted who may vote, and on how many prompts so many of them', async () => {
    const all = heldOut.length;
    expect(of('refund')).toBeGreaterThan(0);
    expect(await findPlanVoters(team.admin, provable.releaseId)).toEqual({
      people: 2,
      prompts: all,
      reach: [all, of('delivery'), 0, 0, 0, 0, 0, 0, 0],
    });
  });

  test('who has seen an answer, whose account is closed or who is a writer does not count', async () => {
    const { reach: before } = await findPlanVoters(team.admin, provable.releaseId);
    const seer = await team.addPerson('reviewer', 'seer');
    await db.heldOutView.createMany({
      data: heldOut.slice(1).map(({ id }) => ({
        userId: seer.userId,
        workspaceId: team.workspace.id,
        exampleId: id,
        modelId: provable.modelId,
      })),
    });
    await team.addPerson('writer', 'second writer');
    const gone = await team.addPerson('reviewer', 'gone');
    await db.user.update({ where: { id: gone.userId }, data: { disabledAt: new Date() } });
    const { people, reach } = await findPlanVoters(team.admin, provable.releaseId);
    expect(people).toBe(3);
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    expect(sum(reach)).toBe(sum(before) + 1);
    await db.member.deleteMany({ where: { userId: { in: [seer.userId, gone.userId] } } });
  });

  test('another workspace learns nothing', async () => {
    await expect(findPlanVoters(other.admin, provable.releaseId)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('an open proof', () => {
  test('is stuck where more votes are planned than people may give', async () => {
    const proofId = await fresh({ votesPerPrompt: 2 });
    const items = await db.proofItem.count({ where: { proofId, topic: 'refund' } });
    const delivery = await db.proofItem.count({ where: { proofId, topic: 'delivery' } });
    expect(await reachOf(team.reviewer, proofId)).toEqual({
      stuck: items,
      needsViewer: delivery,
    });
    expect(await reachOf(team.writer, proofId)).toEqual({ stuck: items, needsViewer: 0 });
    await voteOnAll(team.reviewer, proofId);
    // Their votes are given; the admin's are still to come.
    expect(await reachOf(team.reviewer, proofId)).toEqual({ stuck: items, needsViewer: 0 });
    expect(await reachOf(team.admin, proofId)).toEqual({ stuck: items, needsViewer: delivery });
    await voteOnAll(team.admin, proofId);
    expect(await reachOf(team.admin, proofId)).toEqual({ stuck: items, needsViewer: 0 });
    await closeProof(team.admin, proofId);
    expect(await reachOf(team.admin, proofId)).toEqual({ stuck: 0, needsViewer: 0 });
  });

  test('is stuck once the last who may vote has looked', async () => {
    const proofId = await fresh();
    const items = await db.proofItem.count({ where: { proofId } });
    const refunds = await db.proofItem.count({ where: { proofId, topic: 'refund' } });
    expect(await reachOf(team.reviewer, proofId)).toEqual({ stuck: 0, needsViewer: refunds });
    expect(await reachOf(other.reviewer, proofId)).toEqual({ stuck: 0, needsViewer: 0 });
    await openProofAnswers(team.admin, { proofId, endVoting: true });
    expect(await reachOf(team.reviewer, proofId)).toEqual({ stuck: 0, needsViewer: items });
    await openProofAnswers(team.reviewer, { proofId, endVoting: true });
    expect(await reachOf(team.reviewer, proofId)).toEqual({ stuck: items, needsViewer: 0 });
    expect(await findPlanVoters(team.admin, provable.releaseId)).toMatchObject({ people: 0 });
  });

  test('that is not decided by votes waits for nobody', async () => {
    const proofId = await fresh({ measure: 'rule_pass_rate' });
    expect(await reachOf(team.reviewer, proofId)).toEqual({ stuck: 0, needsViewer: 0 });
  });
});
