import { createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { saveRevision } from '@/lib/examples/example-mutations';
import { readSigningKey } from '@/lib/exports/manifest';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { findOpenItems, lockOpenProof } from '@/lib/proofs/ballot-store';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { findPlans } from '@/lib/proofs/proof-queries';
import { GUESS_EVERY, type PlanInput } from '@/lib/proofs/proof-schema';
import { writeReport } from '@/lib/proofs/report-write';
import { getProofExample, getResult } from '@/lib/proofs/result-queries';
import { verifyReport } from '@/lib/proofs/verify-report';
import { stopQueue } from '@/lib/queue';
import { createTeam } from '@/tests/factories-examples';
import { createOpenProof, createProvable, type Provable, plan } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;

beforeAll(async () => {
  team = await createTeam('bicycles');
  provable = await createProvable(team, { rows: 200 });
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

test.each<[PlanInput['candidate'], NonNullable<PlanInput['opponent']>]>([
  ['base_examples', 'base'],
  ['base', 'nearest'],
  ['nearest', 'base_examples'],
])(
  '%s and %s are shown, counted and told of, and the tuned model is not',
  async (candidate, opponent) => {
    const nearest = new Set<string>();
    const proofId = await createOpenProof(team, provable, { candidate, opponent });
    for (const { text } of await db.proofAnswer.findMany({ where: { proofId, arm: 'nearest' } }))
      nearest.add(text);
    const armOf = (text: string) => (nearest.has(text) ? 'nearest' : text.split(' ')[0]);
    let shown = 0;
    let next = await takeBallot(team.reviewer, proofId);
    for (; next.kind === 'ballot'; shown += 1) {
      expect([armOf(next.a), armOf(next.b)].sort()).toEqual([candidate, opponent].sort());
      // Neither of them is the new model.
      expect(next.asksGuess).toBe(false);
      next = await castVote(team.reviewer, {
        proofId,
        ballot: next.ballot,
        choice: armOf(next.a) === candidate ? 'a' : 'b',
        guess: null,
        reason: '',
      });
    }
    expect(shown).toBeGreaterThan(GUESS_EVERY);
    await closeProof(team.admin, proofId);
    const { parts } = await getResult(team.admin, proofId);
    expect(parts).toMatchObject([
      {
        verdict: { verdict: 'cannot_be_proven', reason: 'without_tuned', stand: 'better' },
        comparisons: [{ against: opponent, mean: 1, counted: shown }],
      },
    ]);
    await openProofAnswers(team.admin, { proofId, endVoting: true });
    const example = await getProofExample(team.admin, { proofId, position: 0 });
    expect(example).toMatchObject({ candidate, outcomes: ['win'] });

    const report = await writeReport(team.admin, proofId);
    const key = createPublicKey(readSigningKey(env().SIGNING_KEY ?? ''));
    expect(verifyReport(Buffer.from(report), key).faults).toEqual([]);
    const other = report.replace(`"candidate":"${candidate}"`, '"candidate":"tuned"');
    expect(verifyReport(Buffer.from(other), key).faults).toContain(
      'the measure, bar, margin, votes or pair are not those that were sealed',
    );
  },
);

test('whoever wrote the reply of the nearest example is not shown it', async () => {
  const pair = { candidate: 'tuned', opponent: 'nearest', barOf100: 61 } as const;
  const proofId = await createOpenProof(team, provable, pair);
  const writer = await team.addPerson('reviewer', 'writer-too');
  const open = () =>
    db.$transaction(async (tx) =>
      (await findOpenItems(tx, writer, await lockOpenProof(tx, writer, proofId))).map(
        ({ exampleId }) => exampleId,
      ),
    );
  const before = await open();
  const answers = await db.proofAnswer.findMany({ where: { proofId, arm: 'nearest' } });
  const source = answers.find(({ exampleId }) => exampleId === before[0])?.sources[0] ?? '';
  const { version } = await db.example.findUniqueOrThrow({ where: { id: source } });
  await saveRevision(writer, { id: source, version, changes: { reply: 'I would say so.' } });
  const theirs = new Set(
    answers.filter(({ sources }) => sources.includes(source)).map(({ exampleId }) => exampleId),
  );
  expect(await open()).toEqual(before.filter((id) => !theirs.has(id)));
  expect(theirs.has(before[0] ?? '')).toBe(true);
  // Of the base model's answers, whatever stood in its prompt, they are no author.
  const other = await createOpenProof(team, provable, {
    candidate: 'base_examples',
    opponent: 'base',
    barOf100: 61,
  });
  expect(await takeBallot(writer, other)).toMatchObject({ kind: 'ballot', of: before.length });
});

test('a comparison of two others leaves what counts for the tuned model in force', async () => {
  const fresh = await createProvable(team, { rows: 20 });
  const main = await createPlan(team.admin, plan(fresh.releaseId, { opponent: null }));
  const pair = plan(fresh.releaseId, { candidate: 'base_examples', opponent: 'base' });
  const beside = await createPlan(team.admin, pair);
  expect(await findPlans(team.admin, fresh.releaseId)).toMatchObject({
    plan: { id: main.id },
    pairPlan: { id: beside.id },
  });
  // Sealed again, each is the one that is there.
  expect(await createPlan(team.admin, plan(fresh.releaseId, { opponent: null }))).toEqual(main);
  expect(await createPlan(team.admin, pair)).toEqual(beside);
});

test.each<[string, Partial<PlanInput>]>([
  ['one that nobody is named against', { candidate: 'base', opponent: null }],
  ['one against itself', { candidate: 'base', opponent: 'base' }],
  ['where nobody votes', { candidate: 'base', opponent: 'nearest', measure: 'rule_pass_rate' }],
])('another than the tuned model is not compared: %s', async (_, over) => {
  const input = plan(provable.releaseId, over);
  await expect(createPlan(team.admin, input)).rejects.toMatchObject({ code: 'INVALID' });
  // Nor past the app.
  const data = { ...input, workspaceId: team.workspace.id, createdById: team.admin.userId };
  await expect(
    db.proofPlan.create({ data: { ...data, commitment: '0'.repeat(64) } }),
  ).rejects.toThrow(/ProofPlan_pair/);
});
