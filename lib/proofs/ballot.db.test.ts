import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { type BallotView, castVote, takeBallot, undoVote } from '@/lib/proofs/ballot-mutations';
import { openModelAnswers, openProofAnswers } from '@/lib/proofs/look-mutations';
import { isCandidateOnA, voterName } from '@/lib/proofs/proof-commitment';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { getProof } from '@/lib/proofs/proof-queries';
import type { VoteChoice } from '@/lib/proofs/proof-schema';
import { findVoteTasks } from '@/lib/proofs/vote-task-queries';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createMember } from '@/tests/factories';
import { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable, type Provable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let other: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;

beforeAll(async () => {
  team = await createTeam('bicycles');
  other = await createTeam('violins');
  provable = await createProvable(team, {
    topicOf: (number) => (number % 2 ? 'delivery' : 'refund'),
  });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

let margin = 0;
/** A fresh open proof: another margin is another plan. */
const fresh = (over: { votesPerPrompt?: number } = {}) =>
  createOpenProof(team, provable, { marginOf100: ++margin, ...over });

async function ballot(viewer: Viewer, proofId: string): Promise<BallotView> {
  const next = await takeBallot(viewer, proofId);
  if (next.kind !== 'ballot') throw new Error('no ballot');
  return next;
}
const vote = (
  viewer: Viewer,
  proofId: string,
  id: string,
  choice: VoteChoice = 'a',
  guess: 'a' | 'b' | null = null,
) => castVote(viewer, { proofId, ballot: id, choice, guess, reason: '' });
const votes = (proofId: string) => db.proofVote.count({ where: { proofId } });
const refused = (code: string) => expect.objectContaining({ code });

describe('what waits for a vote', () => {
  const tasksOf = async (viewer: Viewer, proofId: string) =>
    (await findVoteTasks(viewer)).filter((task) => task.proofId === proofId);

  test('counts what the person may still be shown, down to nothing', async () => {
    const proofId = await fresh();
    const [task] = await tasksOf(team.reviewer, proofId);
    const first = await ballot(team.reviewer, proofId);
    expect(task).toMatchObject({ datasetId: provable.datasetId, count: first.of });
    // The one that is being shown still waits.
    expect(await tasksOf(team.reviewer, proofId)).toEqual([task]);
    await vote(team.reviewer, proofId, first.ballot);
    expect(await tasksOf(team.reviewer, proofId)).toMatchObject([{ count: first.of - 1 }]);
  });

  test('nothing for a writer, for another workspace, for who looked, and of a closed proof', async () => {
    const proofId = await fresh();
    expect(await tasksOf(team.writer, proofId)).toEqual([]);
    expect(await tasksOf(other.reviewer, proofId)).toEqual([]);
    const { viewer: curious } = await createMember(team.workspace, 'reviewer');
    expect(await tasksOf(curious, proofId)).toHaveLength(1);
    await openProofAnswers(curious, { proofId, endVoting: true });
    expect(await tasksOf(curious, proofId)).toEqual([]);
    const closed = await fresh();
    await closeProof(team.admin, closed);
    expect(await tasksOf(team.reviewer, closed)).toEqual([]);
  });
});

test('who opens the answers of one proof does not vote on another with the same examples', async () => {
  const [first, second] = [await fresh(), await fresh()];
  const { viewer } = await createMember(team.workspace, 'reviewer');
  const shown = await ballot(viewer, second);
  expect(await getProof(viewer, first)).toMatchObject({ isVoter: true, endsOtherVotes: true });
  await closeProof(team.admin, first);
  // Said before, also where nobody votes any more.
  expect(await getProof(viewer, first)).toMatchObject({ isVoter: false, endsOtherVotes: true });
  // A page from before the second proof was opened did not say so.
  await expect(openProofAnswers(viewer, { proofId: first, endVoting: false })).rejects.toEqual(
    refused('CONFLICT'),
  );
  await openProofAnswers(viewer, { proofId: first, endVoting: true });
  await expect(vote(viewer, second, shown.ballot)).rejects.toEqual(refused('CONFLICT'));
  expect(await getProof(viewer, second)).toMatchObject({ isVoter: false, hasLooked: true });
  const seen = await db.heldOutView.findMany({ where: { userId: viewer.userId } });
  const asked = await db.proofItem.findMany({ where: { proofId: second } });
  expect(seen.map(({ exampleId }) => exampleId).sort()).toEqual(
    asked.map(({ exampleId }) => exampleId).sort(),
  );
});

describe('what a voter gets', () => {
  test('one example at a time, the same sides at every showing, and nothing that tells the model', async () => {
    const proofId = await fresh();
    const first = await ballot(team.reviewer, proofId);
    expect(await ballot(team.reviewer, proofId)).toEqual(first);
    expect(Object.keys(first).sort()).toEqual(
      ['a', 'asksGuess', 'b', 'ballot', 'canUndo', 'kind', 'messages', 'number', 'of'].sort(),
    );
    expect([first.a, first.b].map((text) => text.split(' ')[0]).sort()).toEqual(['base', 'tuned']);
    const row = await db.ballot.findUniqueOrThrow({ where: { id: first.ballot } });
    expect(row.candidateOnA).toBe(first.a.startsWith('tuned'));
    expect(first.of).toBe(await db.proofItem.count({ where: { proofId } }));
  });

  test('sides are drawn per person and example from the committed secret, about half on each', async () => {
    const proofId = await fresh({ votesPerPrompt: 2 });
    const { sideSecret } = await db.proof.findUniqueOrThrow({ where: { id: proofId } });
    for (const viewer of [team.reviewer, team.admin]) {
      let next = await takeBallot(viewer, proofId);
      while (next.kind === 'ballot') next = await vote(viewer, proofId, next.ballot, 'tie');
    }
    const rows = await db.ballot.findMany({ where: { proofId } });
    for (const row of rows)
      expect(row.candidateOnA).toBe(
        isCandidateOnA(sideSecret, voterName(sideSecret, row.userId), row.exampleId),
      );
    const draws = Array.from({ length: 2_000 }, (_, n) => isCandidateOnA(sideSecret, 'v', `e${n}`));
    expect(draws.filter(Boolean).length).toBeGreaterThan(900);
    expect(draws.filter(Boolean).length).toBeLessThan(1_100);
  });

  test('every tenth time the question which one is the new model', async () => {
    const proofId = await fresh();
    const asked: number[] = [];
    let next = await takeBallot(team.reviewer, proofId);
    for (let n = 1; next.kind === 'ballot'; n += 1) {
      if (next.asksGuess) asked.push(n);
      next = await vote(team.reviewer, proofId, next.ballot, 'a', 'b');
    }
    expect(asked).toEqual([10]);
    const guesses = await db.proofVote.findMany({ where: { proofId, guess: { not: null } } });
    expect(guesses.map((row) => row.ordinal)).toEqual([10]);
    expect(next).toEqual({ kind: 'done', voted: 12, canUndo: true });
  });

  test('two people share the prompts when one vote is planned, and never vote twice on one', async () => {
    const proofId = await fresh();
    const mine = await ballot(team.reviewer, proofId);
    const theirs = await ballot(team.admin, proofId);
    expect(theirs.messages).not.toEqual(mine.messages);
  });

  // Whichever part of the release their text is in: validation counts too.
  test('authors of a topic get none of it, other topics yes', async () => {
    const author = await team.addPerson('reviewer', 'author');
    const own = await createProvable(team, {
      // Which rows are held out is drawn: of so many, both topics are.
      rows: 160,
      topicOf: (number) => (number % 2 ? 'delivery' : 'refund'),
      writerOf: (number) => (number === 1 ? author : team.writer),
    });
    const proofId = await createOpenProof(team, own);
    const all = await db.proofItem.findMany({ where: { proofId }, select: { topic: true } });
    expect(new Set(all.map((item) => item.topic))).toEqual(new Set(['delivery', 'refund']));
    const topics = new Set<string | null>();
    let next = await takeBallot(author, proofId);
    while (next.kind === 'ballot') {
      const row = await db.ballot.findUniqueOrThrow({
        where: { id: next.ballot },
        select: { item: { select: { topic: true } } },
      });
      topics.add(row.item.topic);
      next = await vote(author, proofId, next.ballot);
    }
    expect([...topics]).toEqual(['refund']);
    // The writer wrote everything and is no reviewer either.
    await expect(takeBallot(team.writer, proofId)).rejects.toEqual(refused('FORBIDDEN'));
  });
});

describe('a vote that changes nothing', () => {
  test('repeated, out of order, late, or on a ballot of somebody else', async () => {
    const proofId = await fresh({ votesPerPrompt: 2 });
    const first = await ballot(team.reviewer, proofId);
    const second = await vote(team.reviewer, proofId, first.ballot);
    if (second.kind !== 'ballot') throw new Error('no second');
    await expect(vote(team.reviewer, proofId, first.ballot)).rejects.toEqual(refused('CONFLICT'));
    await expect(vote(team.admin, proofId, second.ballot)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(vote(other.reviewer, proofId, second.ballot)).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    await expect(takeBallot(other.reviewer, proofId)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(vote(team.reviewer, proofId, randomUUID())).rejects.toEqual(refused('NOT_FOUND'));
    // The first is open again, so the second, shown before, is out of order.
    const again = await undoVote(team.reviewer, proofId);
    expect(again).toMatchObject({ ballot: first.ballot, a: first.a, b: first.b, canUndo: false });
    await expect(vote(team.reviewer, proofId, second.ballot)).rejects.toEqual(refused('CONFLICT'));
    await expect(undoVote(team.reviewer, proofId)).rejects.toEqual(refused('CONFLICT'));
    expect(await votes(proofId)).toBe(2);
    await closeProof(team.admin, proofId);
    await expect(vote(team.reviewer, proofId, first.ballot)).rejects.toEqual(refused('CONFLICT'));
    await expect(undoVote(team.reviewer, proofId)).rejects.toEqual(refused('CONFLICT'));
    expect(await votes(proofId)).toBe(2);
  });

  test('twenty clicks at once are one vote', async () => {
    const proofId = await fresh();
    const first = await ballot(team.reviewer, proofId);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => vote(team.reviewer, proofId, first.ballot)),
    );
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect(await votes(proofId)).toBe(1);
  });

  test('people who vote at the same time make one chain without gaps', async () => {
    const proofId = await fresh({ votesPerPrompt: 3 });
    const voters = [team.reviewer, team.admin, await team.addPerson('reviewer', 'third')];
    await Promise.all(
      voters.map(async (viewer) => {
        let next = await takeBallot(viewer, proofId);
        while (next.kind === 'ballot') next = await vote(viewer, proofId, next.ballot, 'tie');
      }),
    );
    const rows = await db.proofVote.findMany({ where: { proofId }, orderBy: { ordinal: 'asc' } });
    expect(rows.map((row) => row.ordinal)).toEqual(rows.map((_, index) => index + 1));
    expect(rows).toHaveLength(36);
  });
});

describe('looking ends voting', () => {
  test('labelled answers stay hidden from a person who may vote until they accept it', async () => {
    const proofId = await fresh();
    const look = { modelId: provable.modelId, known: false, from: 0 };
    const voter = await team.addPerson('reviewer', 'curious');
    const first = await ballot(voter, proofId);
    await expect(openModelAnswers(voter, { ...look, endVoting: false })).rejects.toEqual(
      refused('CONFLICT'),
    );
    expect(await db.heldOutLook.count({ where: { userId: voter.userId } })).toBe(0);
    // A writer does not vote, so nothing is hidden from them.
    await openModelAnswers(team.writer, { ...look, endVoting: false });
    await openModelAnswers(voter, { ...look, endVoting: true });
    await expect(vote(voter, proofId, first.ballot)).rejects.toEqual(refused('CONFLICT'));
    await expect(takeBallot(voter, proofId)).rejects.toEqual(refused('CONFLICT'));
    expect(await votes(proofId)).toBe(0);
  });

  test('the proof’s own answers too, once in the record however often they are opened', async () => {
    const proofId = await fresh();
    const voter = await team.addPerson('reviewer', 'looker');
    await openProofAnswers(voter, { proofId, endVoting: true });
    await openProofAnswers(voter, { proofId, endVoting: true });
    await expect(takeBallot(voter, proofId)).rejects.toEqual(refused('CONFLICT'));
    expect(
      await db.auditEvent.count({
        where: { action: 'proof.answers_opened', subjectId: proofId, actorId: voter.userId },
      }),
    ).toBe(1);
    await expect(openProofAnswers(other.admin, { proofId, endVoting: true })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
  });
});

test('the record says that somebody voted, never how', async () => {
  const proofId = await fresh();
  const first = await ballot(team.reviewer, proofId);
  await vote(team.reviewer, proofId, first.ballot, 'both_bad');
  const entry = await db.auditEvent.findFirstOrThrow({
    where: { action: 'proof.voted', subjectId: proofId },
  });
  expect(entry).toMatchObject({ actorId: team.reviewer.userId, data: { ordinal: 1 } });
});
