// What a running vote tells whom, and proofs that need no votes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { getProof } from '@/lib/proofs/proof-queries';
import { getResult, getVoteProgress } from '@/lib/proofs/result-queries';
import { findVoteTasks } from '@/lib/proofs/vote-task-queries';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable, type Provable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;

beforeAll(async () => {
  team = await createTeam('bicycles');
  provable = await createProvable(team, { topicOf: () => 'delivery' });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const hidden = expect.objectContaining({ code: 'CONFLICT' });

/** Votes on so many examples, for the tuned answer or against it. */
async function vote(viewer: Viewer, proofId: string, count: number, isForTuned: boolean) {
  for (let n = 0; n < count; n += 1) {
    const next = await takeBallot(viewer, proofId);
    if (next.kind !== 'ballot') throw new Error('no ballot');
    const isTunedOnA = next.a.startsWith('tuned');
    const choice = isTunedOnA === isForTuned ? 'a' : 'b';
    await castVote(viewer, { proofId, ballot: next.ballot, choice, guess: null, reason: '' });
  }
}

describe('how a vote stands', () => {
  test('is kept from everybody who may still vote on it, until they end their voting', async () => {
    const proofId = await createOpenProof(team, provable, { marginOf100: 1 });
    await vote(team.reviewer, proofId, 3, true);
    for (const voter of [team.reviewer, team.admin]) {
      expect((await getProof(voter, proofId)).isVoter).toBe(true);
      await expect(getResult(voter, proofId)).rejects.toEqual(hidden);
    }
    // A writer has no vote that it could lead.
    expect((await getResult(team.writer, proofId)).votes).toBe(3);
    await openProofAnswers(team.admin, { proofId, endVoting: true });
    expect((await getResult(team.admin, proofId)).votes).toBe(3);
    await expect(takeBallot(team.admin, proofId)).rejects.toEqual(hidden);
    await expect(getResult(team.reviewer, proofId)).rejects.toEqual(hidden);
    await closeProof(team.admin, proofId);
    expect((await getResult(team.reviewer, proofId)).votes).toBe(3);
  });

  test('cannot be read off how far it is: won and lost votes look the same', async () => {
    const [won, lost] = await Promise.all(
      [2, 3].map((marginOf100) => createOpenProof(team, provable, { marginOf100 })),
    );
    const progress = { decided: 0, groups: 12, votes: 0, voters: 0 };
    for (const [proofId, isForTuned] of [
      [won, true],
      [lost, false],
    ] as const) {
      if (!proofId) throw new Error('no proof');
      expect(await getVoteProgress(team.reviewer, proofId)).toEqual(progress);
      await vote(team.reviewer, proofId, 5, isForTuned);
      expect(await getVoteProgress(team.reviewer, proofId)).toEqual({
        decided: 5,
        groups: 12,
        votes: 5,
        voters: 1,
      });
    }
  });
});

test('a proof that is counted is decided with its answers, and asks nobody for a vote', async () => {
  const proofId = await createOpenProof(team, provable, {
    measure: 'rule_pass_rate',
    marginOf100: 4,
  });
  const proof = await getProof(team.reviewer, proofId);
  expect(proof).toMatchObject({ state: 'closed', isVoter: false });
  expect(proof.closedAt).not.toBeNull();
  expect((await findVoteTasks(team.reviewer)).map((task) => task.proofId)).not.toContain(proofId);
  const open = await findOpenVotes(team.reviewer, provable.modelId);
  expect(open.map(({ id }) => id)).not.toContain(proofId);
  await expect(takeBallot(team.reviewer, proofId)).rejects.toEqual(hidden);
  expect((await getResult(team.reviewer, proofId)).parts).toHaveLength(1);
  const entries = await db.auditEvent.findMany({
    where: { subjectId: proofId },
    orderBy: { id: 'asc' },
    select: { action: true },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    'proof.begun',
    'proof.answered',
    'proof.closed',
  ]);
  // Closing it again changes nothing.
  await closeProof(team.admin, proofId);
  expect(await db.auditEvent.count({ where: { subjectId: proofId } })).toBe(3);
});
