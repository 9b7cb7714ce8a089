// When webhooks are told the verdict of a proof: once when it is decided, and at closing what is new.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { castVote, takeBallot, undoVote } from '@/lib/proofs/ballot-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import { getResult } from '@/lib/proofs/result-queries';
import type { Viewer } from '@/lib/session';
import { appSql } from '@/tests/database';
import { createMember } from '@/tests/factories';
import { answerProof, createOpenProof, createProvable, plan } from '@/tests/factories-proofs';
import {
  allowOrigins,
  closeAll,
  createHookDesk,
  deliverWaiting,
  logOf,
  startReceiver,
} from '@/tests/webhook-receiver';

const receiver = await startReceiver();
allowOrigins(receiver.origin);

const RULE = '11111111-1111-4111-8111-111111111111';
let desk: Awaited<ReturnType<typeof createHookDesk>>;

beforeAll(async () => {
  desk = await createHookDesk(receiver, ['proof.decided']);
});
afterAll(() => closeAll(receiver));

type Side = 'tuned' | 'base';

/** A model with 20 held-out groups of its own: each further proof on the same ones is harder to win. */
const newProvable = () =>
  createProvable(desk, {
    rows: 200,
    rules: [{ id: RULE, kind: 'ends_with', texts: ['Your team'], severity: 'warning' }],
  });
/** Whatever is better is good enough for a bar of 40 of 100. */
const openProof = async (barOf100 = 40) =>
  createOpenProof(desk, await newProvable(), { opponent: null, barOf100 });

/** What webhooks were told of a proof, the earliest first. */
async function told(proofId: string): Promise<string[]> {
  const log = await logOf(desk.hook.id);
  return log
    .map(({ event }) => JSON.parse(event.body).data)
    .filter((data) => data.proofId === proofId)
    .map((data) => data.verdicts.map((one: { verdict: string }) => one.verdict).join(' '));
}

const verdictOf = async (proofId: string) =>
  (await getResult(desk.writer, proofId)).parts.map(({ verdict }) => verdict.verdict).join(' ');

/** Votes for one side until somebody has seen enough; answers how many votes it took. */
async function voteUntil(
  viewer: Viewer,
  proofId: string,
  side: Side,
  isEnough: () => Promise<boolean>,
): Promise<number> {
  let next = await takeBallot(viewer, proofId);
  let votes = 0;
  while (next.kind === 'ballot' && !(await isEnough())) {
    next = await castVote(viewer, {
      proofId,
      ballot: next.ballot,
      choice: next.a.startsWith('tuned') === (side === 'tuned') ? 'a' : 'b',
      guess: next.asksGuess ? 'a' : null,
      reason: '',
    });
    votes += 1;
  }
  return votes;
}
const never = async () => false;

describe('a proof that is voted', () => {
  test('tells its verdict with the vote that decides it, and nothing after', async () => {
    const proofId = await openProof();
    let before = '';
    const votes = await voteUntil(desk.reviewer, proofId, 'tuned', async () => {
      const isTold = (await told(proofId)).length > 0;
      if (!isTold) before = await verdictOf(proofId);
      return isTold;
    });
    expect(before, 'the verdict before that vote').toBe('not_proven');
    expect(votes).toBeLessThan(20);
    expect(await told(proofId)).toEqual(['better_and_good_enough']);
    await voteUntil(desk.reviewer, proofId, 'tuned', never);
    await closeProof(desk.admin, proofId);
    await closeProof(desk.admin, proofId);
    expect(await told(proofId)).toEqual(['better_and_good_enough']);
    expect(await deliverWaiting(desk.admin)).toBe(1);
  });

  test('tells it once however many vote at once', async () => {
    const proofId = await openProof();
    const voters = await Promise.all([1, 2, 3].map(() => createMember(desk.workspace, 'reviewer')));
    await Promise.all(voters.map(({ viewer }) => voteUntil(viewer, proofId, 'tuned', never)));
    expect(await told(proofId)).toEqual(['better_and_good_enough']);
  });

  test('tells at closing what was not decided before, once', async () => {
    const proofId = await openProof();
    await closeProof(desk.admin, proofId);
    await closeProof(desk.admin, proofId);
    expect(await told(proofId)).toEqual(['not_proven']);
  });

  test('tells of a verdict that undone votes changed at closing, not before', async () => {
    const proofId = await openProof();
    const isTold = async () => (await told(proofId)).length > 0;
    await voteUntil(desk.reviewer, proofId, 'tuned', isTold);
    await undoVote(desk.reviewer, proofId);
    expect(await verdictOf(proofId)).toBe('not_proven');
    let votes = 0;
    await voteUntil(desk.reviewer, proofId, 'base', async () => {
      votes += 1;
      return votes > 1;
    });
    expect(await told(proofId)).toEqual(['better_and_good_enough']);
    const verdict = await verdictOf(proofId);
    expect(verdict).toBe('not_proven');
    await closeProof(desk.admin, proofId);
    expect(await told(proofId)).toEqual(['better_and_good_enough', verdict]);
  });

  test('tells at closing that more votes made it good enough', async () => {
    const proofId = await openProof(60);
    await voteUntil(desk.reviewer, proofId, 'tuned', never);
    expect(await told(proofId)).toEqual(['better_not_good_enough']);
    await closeProof(desk.admin, proofId);
    expect(await told(proofId)).toEqual(['better_not_good_enough', 'better_and_good_enough']);
  });

  test('does not tell a second time what was decided again', async () => {
    const proofId = await openProof();
    const isTold = async () => (await told(proofId)).length > 0;
    await voteUntil(desk.reviewer, proofId, 'tuned', isTold);
    await undoVote(desk.reviewer, proofId);
    await voteUntil(desk.reviewer, proofId, 'tuned', never);
    await closeProof(desk.admin, proofId);
    expect(await told(proofId)).toEqual(['better_and_good_enough']);
  });
});

test('a proof that is counted tells its verdict when it is answered, and not again at closing', async () => {
  const provable = await newProvable();
  const { id: planId } = await createPlan(
    desk.admin,
    plan(provable.releaseId, { measure: 'rule_pass_rate', opponent: null }),
  );
  const { id: proofId } = await createProof(desk.admin, { modelId: provable.modelId, planId });
  await answerProof(desk, proofId, (arm, index) =>
    arm === 'tuned' ? `Case ${index}. Your team` : `${arm} ${index}.`,
  );
  expect(await told(proofId)).toEqual(['better_and_good_enough']);
  await closeProof(desk.admin, proofId);
  expect(await told(proofId)).toEqual(['better_and_good_enough']);
});

test('where nobody listens nothing is noted, so that whoever listens later is told at closing', async () => {
  const proofId = await openProof();
  const off = (to: 'admin' | null) =>
    db.webhook.update({
      where: { id: desk.hook.id },
      data: { off: to, offAt: to && new Date() },
      select: { id: true },
    });
  await off('admin');
  await voteUntil(desk.reviewer, proofId, 'tuned', never);
  expect(await db.proofAnnouncement.count({ where: { proofId } })).toBe(0);
  await off(null);
  await closeProof(desk.admin, proofId);
  expect(await told(proofId)).toEqual(['better_and_good_enough']);
});

test('the database keeps what was told, once', async () => {
  const proofId = await openProof();
  await closeProof(desk.admin, proofId);
  const table = '"ProofAnnouncement"';
  const row = `INSERT INTO ${table} ("proofId", "workspaceId", "part", "atClosing", "verdict") VALUES ($1, $2, $3, true, 'not_proven')`;
  const { id: workspaceId } = desk.workspace;
  await expect(appSql(row, [proofId, workspaceId, 'fresh'])).rejects.toThrow(
    'ProofAnnouncement_pkey',
  );
  await expect(appSql(row, [proofId, workspaceId, 'other'])).rejects.toThrow(
    'ProofAnnouncement_part',
  );
  await expect(appSql(row, [proofId, desk.datasetId, 'known'])).rejects.toThrow(
    'ProofAnnouncement_proofId_fkey',
  );
  for (const change of [`UPDATE ${table} SET "verdict" = 'x'`, `DELETE FROM ${table}`])
    await expect(appSql(change)).rejects.toThrow(/permission denied|immutable_row/);
});
