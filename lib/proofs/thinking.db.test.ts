// What a model thought to itself reaches no voter, and makes two equal answers no different ones.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { castVote, type NextBallot, takeBallot } from '@/lib/proofs/ballot-mutations';
import { getResult } from '@/lib/proofs/result-queries';
import { stopQueue } from '@/lib/queue';
import { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let proofId: string;

beforeAll(async () => {
  team = await createTeam('bicycles');
  const provable = await createProvable(team);
  // Every other pair says the same once the thoughts are gone.
  proofId = await createOpenProof(team, provable, {}, (arm, index) =>
    index % 2
      ? `<think>I was ${arm}, the ${index}th.</think>It is on its way, ${arm}.`
      : `<think>I was ${arm}.</think>It is on its way.`,
  );
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

test('a ballot holds no thoughts, and equal answers are asked of nobody', async () => {
  const rows = await db.proofItem.count({ where: { proofId } });
  const received: NextBallot[] = [];
  let next = await takeBallot(team.reviewer, proofId);
  received.push(next);
  while (next.kind === 'ballot') {
    expect(next.a).not.toBe(next.b);
    const input = { proofId, ballot: next.ballot, choice: 'a', guess: null, reason: '' } as const;
    next = await castVote(team.reviewer, input);
    received.push(next);
  }
  expect(JSON.stringify(received)).not.toMatch(/think|I was/);
  expect(received).toHaveLength(Math.floor(rows / 2) + 1);
  const { parts } = await getResult(team.writer, proofId);
  // Those that nobody was asked count as equal: the vote is complete.
  expect(parts.length).toBeGreaterThan(0);
});
