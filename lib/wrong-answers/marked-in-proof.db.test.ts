// A mark that is set on a proof's example page carries the text that stands there, where the reply
// has fields and the proof asks with their shape, the run without.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { openModelAnswers, openProofAnswers } from '@/lib/proofs/look-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { getProofExample } from '@/lib/proofs/result-queries';
import { stopQueue } from '@/lib/queue';
import { openAskedAgain } from '@/lib/wrong-answers/asked-again-mutations';
import { findTaughtBy } from '@/lib/wrong-answers/taught-queries';
import { markAnswer, unmarkAnswer } from '@/lib/wrong-answers/wrong-answer-mutations';
import { findMarkState, getMarkedAnswer } from '@/lib/wrong-answers/wrong-answer-queries';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import {
  createAnswers,
  createModel,
  createOpenProof,
  createProvable,
  type Provable,
} from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let strangers: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
let proofId: string;

/** What the run answered is near to the one kind of training replies, the proof's to the other. */
const replyOf = (n: number) =>
  n % 2 ? `{"shop":"Lidl","total":"${n}.00"}` : `{"garage":"Volta","wheels":"${n}"}`;
const ofRun = 'The garage Volta changed the wheels and nothing else';
const ofProof = '{"shop":"Lidl","total":"4.00"}';

beforeAll(async () => {
  team = await createTeam('receipts');
  strangers = await createTeam('elsewhere');
  provable = await createProvable(team, { rows: 70, replyOf });
  await createAnswers(provable.modelId, () => ofRun);
  proofId = await createOpenProof(team, provable, {}, (arm) => (arm === 'tuned' ? ofProof : '{}'));
  await closeProof(team.admin, proofId);
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const shown = async (position: number) =>
  (await getProofExample(team.admin, { proofId, position })).row.exampleId;
const refOf = async (position: number) => ({
  modelId: provable.modelId,
  exampleId: await shown(position),
});
const markedText = async (ref: { modelId: string; exampleId: string }) => {
  const view = await getMarkedAnswer(team.admin, ref);
  return view.isOpen ? view.marked.answer : null;
};

describe('an answer of a proof', () => {
  test('is marked once it was seen, and the mark shows the text that was', async () => {
    await openProofAnswers(team.admin, { proofId, endVoting: true });
    const ref = await refOf(0);
    expect(await findMarkState(team.admin, { ...ref, proofId })).toEqual({
      canBeMarked: true,
      isMarked: false,
    });
    await expect(markAnswer(team.reviewer, { ...ref, proofId, note: '' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await markAnswer(team.admin, { ...ref, proofId, note: 'The total is another.' });
    expect(await markedText(ref)).toBe(ofProof);
    const { byReply } = await findTaughtBy(team.admin, ref);
    expect(byReply).toHaveLength(5);
    for (const taught of byReply) expect(taught.reply).toContain('Lidl');
    await unmarkAnswer(team.admin, ref);
    await expect(getMarkedAnswer(team.admin, ref)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is not the run’s own, which is marked with its own text', async () => {
    const ref = await refOf(1);
    for (const known of [false, true])
      await openModelAnswers(team.admin, { ...ref, known, from: 0, endVoting: false });
    await markAnswer(team.admin, { ...ref, note: '' });
    expect(await markedText(ref)).toBe(ofRun);
    const { byReply } = await findTaughtBy(team.admin, ref);
    expect(byReply[0]?.reply).toContain('Volta');
  });

  test('can be marked where the run had none', async () => {
    const ref = await refOf(2);
    await db.answer.updateMany({
      where: ref,
      data: { text: '', error: 'ValueError: too long' },
    });
    await expect(markAnswer(team.admin, { ...ref, note: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await markAnswer(team.admin, { ...ref, proofId, note: '' });
    expect(await markedText(ref)).toBe(ofProof);
    await unmarkAnswer(team.admin, ref);
  });

  test('stands beside what a later model says to the case', async () => {
    const ref = await refOf(3);
    await markAnswer(team.admin, { ...ref, proofId, note: '' });
    const laterId = await createModel(team, provable.releaseId);
    await createAnswers(laterId, () => 'Now it is right.');
    const cases = await openAskedAgain(team.admin, { modelId: laterId, endVoting: true });
    expect(cases.find(({ exampleId }) => exampleId === ref.exampleId)).toMatchObject({
      earlier: ofProof,
      now: 'Now it is right.',
    });
  });

  test('is none of another model, another workspace or a proof that is not there', async () => {
    const ref = await refOf(4);
    const other = await createModel(team, provable.releaseId);
    await createAnswers(other);
    const missing = { code: 'NOT_FOUND' };
    await expect(
      markAnswer(team.admin, { ...ref, modelId: other, proofId, note: '' }),
    ).rejects.toMatchObject(missing);
    await expect(
      markAnswer(team.admin, { ...ref, proofId: other, note: '' }),
    ).rejects.toMatchObject(missing);
    await expect(markAnswer(strangers.admin, { ...ref, proofId, note: '' })).rejects.toMatchObject(
      missing,
    );
    await expect(
      appSql(
        `INSERT INTO "WrongAnswer" ("modelId", "exampleId", "workspaceId", "createdById", "proofId")
         VALUES ($1, $2, $3, $4, $5)`,
        [other, ref.exampleId, team.workspace.id, team.admin.userId, proofId],
      ),
    ).rejects.toThrow(/WrongAnswer_proof_fkey/);
  });
});
