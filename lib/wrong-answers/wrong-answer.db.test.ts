// A mark of a wrong answer: who may set it, what it leads to, and what becomes of it with the next model.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { retire } from '@/lib/examples/example-moves';
import { loadTrainingExamples } from '@/lib/proofs/answer-rows';
import { openModelAnswers } from '@/lib/proofs/look-mutations';
import { NearestTexts } from '@/lib/proofs/nearest';
import { stopQueue } from '@/lib/queue';
import { freeze } from '@/lib/releases/release-fixtures';
import type { Viewer } from '@/lib/session';
import { judgeAskedAgain, openAskedAgain } from '@/lib/wrong-answers/asked-again-mutations';
import { countEarlierMarks } from '@/lib/wrong-answers/asked-again-queries';
import { findTaughtBy } from '@/lib/wrong-answers/taught-queries';
import {
  markAnswer,
  openMarkedAnswer,
  unmarkAnswer,
} from '@/lib/wrong-answers/wrong-answer-mutations';
import {
  findMarkState,
  findMarks,
  getMarkedAnswer,
} from '@/lib/wrong-answers/wrong-answer-queries';
import { appSql } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import {
  createAnswers,
  createModel,
  createOpenProof,
  createProvable,
  type Provable,
} from '@/tests/factories-proofs';

type Team = Awaited<ReturnType<typeof createTeam>>;

let team: Team;
let strangers: Team;
let provable: Provable;
let heldOut: string[];
beforeAll(async () => {
  team = await createTeam('shop');
  strangers = await createTeam('elsewhere');
  provable = await createProvable(team, {
    rows: 70,
    topicOf: (n) => `topic ${n % 3}`,
    replyOf: (n) => `Hello, we look into case ${n * 31} of part ${n % 7} at once.`,
  });
  heldOut = await createAnswers(provable.modelId, (arm, index) => `${arm}: we look into ${index}.`);
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const refused = (code: string, messageKey?: string) =>
  expect.objectContaining({ code, ...(messageKey ? { messageKey } : {}) });
const refOf = (index: number, modelId = provable.modelId) => ({
  modelId,
  exampleId: heldOut[index] ?? '',
});
const openAll = async (viewer: Viewer, modelId = provable.modelId) => {
  for (const known of [false, true])
    await openModelAnswers(viewer, { modelId, known, from: 0, endVoting: true });
};
const actionsOf = async (modelId: string) =>
  (
    await db.auditEvent.findMany({
      where: { action: { startsWith: 'answer.' }, subjectId: modelId },
      orderBy: { id: 'asc' },
      select: { action: true, data: true },
    })
  ).map(({ action, data }) => ({ action, data }));

describe('marking', () => {
  test('needs that the answer was opened, and is done once', async () => {
    const person = await team.addPerson('writer');
    const ref = refOf(0);
    await expect(markAnswer(person, { ...ref, note: '' })).rejects.toEqual(
      refused('CONFLICT', 'wrongAnswers.errors.notSeen'),
    );
    await openAll(person);
    await openAll(team.admin);
    expect(await findMarkState(person, ref)).toEqual({ canBeMarked: true, isMarked: false });

    expect(await markAnswer(person, { ...ref, note: 'It promises a date.' })).toEqual({
      note: 'It promises a date.',
    });
    const again = await Promise.all(
      Array.from({ length: 12 }, () => markAnswer(team.admin, { ...ref, note: 'Another word.' })),
    );
    for (const one of again) expect(one).toEqual({ note: 'It promises a date.' });
    expect(await findMarkState(person, ref)).toEqual({ canBeMarked: true, isMarked: true });
    expect(await findMarks(team.admin, provable.modelId)).toMatchObject({
      count: 1,
      marks: [{ exampleId: ref.exampleId }],
    });
    const [shown] = (
      await Promise.all(
        [false, true].map((known) =>
          openModelAnswers(person, { ...ref, known, from: 0, endVoting: false }),
        ),
      )
    )
      .flat()
      .filter((answer) => answer.isMarked);
    expect(shown?.exampleId).toBe(ref.exampleId);

    // The record says that it was done, never what was noted.
    expect(await actionsOf(provable.modelId)).toEqual([
      { action: 'answer.marked', data: { exampleId: ref.exampleId } },
    ]);

    await unmarkAnswer(team.admin, ref);
    await unmarkAnswer(team.admin, ref);
    expect(await findMarkState(person, ref)).toEqual({ canBeMarked: true, isMarked: false });
    await expect(getMarkedAnswer(person, ref)).rejects.toEqual(refused('NOT_FOUND'));
    expect((await actionsOf(provable.modelId)).map(({ action }) => action)).toEqual([
      'answer.marked',
      'answer.unmarked',
    ]);
  });

  test('is not done to what has no answer, nor across the border', async () => {
    await openAll(team.admin);
    const training = await db.releaseItem.findFirstOrThrow({
      where: { releaseId: provable.releaseId, split: 'training' },
      select: { exampleId: true },
    });
    const none = { modelId: provable.modelId, exampleId: training.exampleId };
    await expect(markAnswer(team.admin, { ...none, note: '' })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    const ref = refOf(1);
    await markAnswer(team.admin, { ...ref, note: '' });
    for (const work of [
      () => markAnswer(strangers.admin, { ...ref, note: 'ours' }),
      () => unmarkAnswer(strangers.admin, ref),
      () => openMarkedAnswer(strangers.admin, { ...ref, endVoting: true }),
      () => getMarkedAnswer(strangers.admin, ref),
      () => findTaughtBy(strangers.admin, ref),
    ])
      await expect(work()).rejects.toEqual(refused('NOT_FOUND'));
    expect(await findMarkState(strangers.admin, ref)).toEqual({
      canBeMarked: false,
      isMarked: false,
    });
    expect(await findMarks(strangers.admin, ref.modelId)).toEqual({ count: 0, marks: [] });
    expect(await countEarlierMarks(strangers.admin, ref.modelId)).toMatchObject({ cases: 0 });
    expect(await findMarkState(team.admin, ref)).toMatchObject({ isMarked: true });
    await unmarkAnswer(team.admin, ref);
  });

  test('of an answer that could not be made is not offered', async () => {
    const ref = refOf(2);
    const where = { modelId_exampleId_arm: { ...ref, arm: 'tuned' as const } };
    await db.answer.update({ where, data: { error: 'too long' }, select: { arm: true } });
    expect(await findMarkState(team.admin, ref)).toMatchObject({ canBeMarked: false });
    await expect(markAnswer(team.admin, { ...ref, note: '' })).rejects.toEqual(
      refused('NOT_FOUND'),
    );
    await db.answer.update({ where, data: { error: null }, select: { arm: true } });
  });

  test('the database keeps a mark inside its workspace, on tuned answers, with a short note', async () => {
    const { modelId, exampleId } = refOf(3);
    const insert = (workspaceId: string, arm: string, note: string | null) =>
      appSql(
        `INSERT INTO "WrongAnswer" ("modelId", "exampleId", "workspaceId", "arm", "note", "createdById")
         VALUES ($1, $2, $3, $4::"Arm", $5, $6)`,
        [modelId, exampleId, workspaceId, arm, note, team.admin.userId],
      );
    await expect(insert(strangers.workspace.id, 'tuned', null)).rejects.toThrow(
      'WrongAnswer_modelId_fkey',
    );
    await expect(insert(team.workspace.id, 'base', null)).rejects.toThrow('WrongAnswer_is_tuned');
    await expect(insert(team.workspace.id, 'tuned', 'a'.repeat(501))).rejects.toThrow(
      'WrongAnswer_note',
    );
    await expect(insert(team.workspace.id, 'tuned', '')).rejects.toThrow('WrongAnswer_note');
  });
});

describe('what may have taught it', () => {
  test('is told to who has opened the answer, and ends no vote in silence', async () => {
    const ref = refOf(4);
    await openAll(team.admin);
    await markAnswer(team.admin, { ...ref, note: 'Too long.' });
    const colleague = await team.addPerson('writer');
    expect(await getMarkedAnswer(colleague, ref)).toEqual({ isOpen: false, mayVote: false });
    await expect(findTaughtBy(colleague, ref)).rejects.toEqual(refused('CONFLICT'));
    await openMarkedAnswer(colleague, { ...ref, endVoting: false });
    expect(await getMarkedAnswer(colleague, ref)).toMatchObject({
      isOpen: true,
      marked: { answer: 'tuned: we look into 4.', mark: { note: 'Too long.' }, again: [] },
    });
    expect(await db.heldOutView.count({ where: { userId: colleague.userId } })).toBe(1);

    const proofId = await createOpenProof(team, provable);
    const voter = await team.addPerson('reviewer');
    expect(await getMarkedAnswer(voter, ref)).toEqual({ isOpen: false, mayVote: true });
    expect(await findMarks(voter, ref.modelId)).toEqual({ count: 0, marks: [] });
    await expect(openMarkedAnswer(voter, { ...ref, endVoting: false })).rejects.toEqual(
      refused('CONFLICT', 'proofs.errors.stillVoting'),
    );
    await openMarkedAnswer(voter, { ...ref, endVoting: true });
    expect(await getMarkedAnswer(voter, ref)).toMatchObject({ isOpen: true });
    expect(
      await db.heldOutLook.count({
        where: { proofId, userId: voter.userId, kind: 'labelled_answers' },
      }),
    ).toBe(1);
  });

  test('are training examples alone, the nearest first, for every held-out example', async () => {
    const person = await team.addPerson('admin');
    await openAll(person);
    const items = await db.releaseItem.findMany({
      where: { releaseId: provable.releaseId },
      select: { exampleId: true, split: true },
    });
    const splitOf = new Map(items.map(({ exampleId, split }) => [exampleId, split]));
    expect(new Set(splitOf.values())).toEqual(new Set(['training', 'validation', 'held_out']));
    const training = await loadTrainingExamples(provable.releaseId);
    const index = new NearestTexts(training.map((one) => one.prompt));
    for (const exampleId of heldOut) {
      const ref = { modelId: provable.modelId, exampleId };
      await markAnswer(person, { ...ref, note: '' });
      const taught = await findTaughtBy(person, ref);
      expect(taught.erased).toBe(0);
      const view = await getMarkedAnswer(person, ref);
      if (!view.isOpen) throw new Error('not open');
      const nearest = index
        .find(view.marked.prompt, taught.byPrompt.length)
        .map((at) => training[at]?.exampleId);
      expect(taught.byPrompt.map((one) => one.exampleId)).toEqual(nearest);
      for (const list of [taught.byPrompt, taught.byReply]) {
        expect(list.length).toBeGreaterThan(0);
        expect(list.length).toBeLessThanOrEqual(5);
        expect(new Set(list.map((one) => one.exampleId)).size).toBe(list.length);
        for (const one of list) expect(splitOf.get(one.exampleId)).toBe('training');
        const tenths = list.map(({ alike }) => (alike.kind === 'tenths' ? alike.tenths : 0));
        expect(tenths).toEqual([...tenths].sort((a, b) => b - a));
      }
    }
  });

  test('are shown as they are today: changed, retired, removed, erased', async () => {
    const ref = refOf(0);
    const person = await team.addPerson('reviewer');
    await openAll(person);
    await markAnswer(person, { ...ref, note: '' });
    const { byPrompt } = await findTaughtBy(person, ref);
    const [first, second, third] = byPrompt;
    if (!first?.today || !second?.today || !third) throw new Error('too few');
    expect(first.today).toMatchObject({
      status: 'approved',
      isChanged: false,
      may: { retire: null, withdraw: null, submit: 'alreadyApproved' },
    });
    await retire(person, { id: first.exampleId, version: first.today.version });
    await db.example.update({
      where: { id: second.exampleId },
      data: { binnedAt: new Date() },
      select: { id: true },
    });
    const now = (await findTaughtBy(person, ref)).byPrompt;
    expect(now.map(({ exampleId }) => exampleId)).toEqual(byPrompt.map((one) => one.exampleId));
    expect(now[0]?.today).toMatchObject({ status: 'retired', may: { submit: 'retired' } });
    expect(now[1]?.today).toBeNull();

    const erasure = await db.erasure.create({
      data: { workspaceId: team.workspace.id, createdById: team.admin.userId, counts: {} },
      select: { id: true },
    });
    await appSql('SELECT erase_examples($1, ARRAY[$2]::uuid[], $3)', [
      erasure.id,
      third.exampleId,
      team.admin.userId,
    ]);
    const after = await findTaughtBy(person, ref);
    expect(after.erased).toBe(1);
    expect(after.byPrompt.map(({ exampleId }) => exampleId)).not.toContain(third.exampleId);
  });

  test('a mark goes with its answer when the example is erased', async () => {
    const ref = refOf(1);
    await openAll(team.admin);
    await markAnswer(team.admin, { ...ref, note: 'About a person.' });
    const erasure = await db.erasure.create({
      data: { workspaceId: team.workspace.id, createdById: team.admin.userId, counts: {} },
      select: { id: true },
    });
    await appSql('SELECT erase_examples($1, ARRAY[$2]::uuid[], $3)', [
      erasure.id,
      ref.exampleId,
      team.admin.userId,
    ]);
    await expect(getMarkedAnswer(team.admin, ref)).rejects.toEqual(refused('NOT_FOUND'));
    expect(await db.wrongAnswer.count({ where: { exampleId: ref.exampleId } })).toBe(0);
  });
});

describe('after the next training', () => {
  test('marked cases are asked again, judged, and counted with the reason where they are not', async () => {
    const { datasetId, briefId, releaseId, modelId } = await createProvable(team, { rows: 40 });
    const cases = await createAnswers(modelId, () => 'Wrong.');
    const [one = '', two = '', gone = ''] = cases;
    await openAll(team.admin, modelId);
    for (const exampleId of [one, two, gone])
      await markAnswer(team.admin, { modelId, exampleId, note: 'Wrong.' });

    // One of them leaves the next release.
    const { version } = await db.example.findUniqueOrThrow({ where: { id: gone } });
    await retire(team.admin, { id: gone, version });
    const nextRelease = await freeze(team.admin, datasetId, briefId);
    expect(nextRelease).not.toBe(releaseId);
    const later = await createModel(team, nextRelease);
    await createAnswers(later, () => 'Better.');

    const person = await team.addPerson('writer');
    expect(await countEarlierMarks(person, modelId)).toMatchObject({ cases: 0 });
    expect(await countEarlierMarks(person, later)).toEqual({
      cases: 3,
      asked: 2,
      rightNow: 0,
      stillWrong: 0,
      open: 2,
      notHeldOut: 1,
      notAnswered: 0,
    });
    const judge = (exampleId: string, outcome: 'right_now' | 'still_wrong', by = person) =>
      judgeAskedAgain(by, { modelId, exampleId, laterModelId: later, outcome });
    await expect(judge(one, 'right_now')).rejects.toEqual(
      refused('CONFLICT', 'wrongAnswers.errors.notSeen'),
    );
    const asked = await openAskedAgain(person, { modelId: later, endVoting: false });
    expect(asked.map(({ exampleId }) => exampleId).sort()).toEqual([one, two].sort());
    expect(asked[0]).toMatchObject({ modelId, earlier: 'Wrong.', now: 'Better.', note: 'Wrong.' });

    await judge(one, 'still_wrong');
    await judge(one, 'right_now');
    await judge(one, 'right_now');
    await judge(two, 'still_wrong');
    expect(await countEarlierMarks(person, later)).toMatchObject({
      rightNow: 1,
      stillWrong: 1,
      open: 0,
    });
    expect(await actionsOf(later)).toEqual([
      { action: 'answer.judged', data: { exampleId: one, outcome: 'still_wrong' } },
      { action: 'answer.judged', data: { exampleId: one, outcome: 'right_now' } },
      { action: 'answer.judged', data: { exampleId: two, outcome: 'still_wrong' } },
    ]);
    expect(await getMarkedAnswer(team.admin, { modelId, exampleId: one })).toMatchObject({
      marked: { again: [{ modelId: later, outcome: 'right_now' }] },
    });

    // Who may still vote learns nothing of it, and judges nothing before looking.
    await createOpenProof(team, { datasetId, briefId, releaseId: nextRelease, modelId: later });
    const voter = await team.addPerson('reviewer');
    expect(await countEarlierMarks(voter, later)).toMatchObject({
      cases: 3,
      asked: 2,
      rightNow: 0,
      stillWrong: 0,
    });
    await expect(openAskedAgain(voter, { modelId: later, endVoting: false })).rejects.toEqual(
      refused('CONFLICT', 'proofs.errors.stillVoting'),
    );
    await expect(judge(one, 'still_wrong', voter)).rejects.toEqual(
      refused('CONFLICT', 'proofs.errors.stillVoting'),
    );
    await openAskedAgain(voter, { modelId: later, endVoting: true });
    expect(await countEarlierMarks(voter, later)).toMatchObject({ rightNow: 1, stillWrong: 1 });

    // Not of a case that was not asked, not backwards, not across the border.
    await expect(judge(gone, 'right_now')).rejects.toEqual(refused('NOT_FOUND'));
    await expect(judge(one, 'right_now', strangers.admin)).rejects.toEqual(refused('NOT_FOUND'));
    await expect(
      openAskedAgain(strangers.admin, { modelId: later, endVoting: false }),
    ).rejects.toEqual(refused('NOT_FOUND'));
    await markAnswer(person, { modelId: later, exampleId: two, note: '' });
    await expect(
      judgeAskedAgain(person, {
        modelId: later,
        exampleId: two,
        laterModelId: modelId,
        outcome: 'right_now',
      }),
    ).rejects.toEqual(refused('NOT_FOUND'));

    // A case counts once for a later model, by its newest mark.
    const third = await createModel(team, nextRelease);
    await createAnswers(third);
    const again = await openAskedAgain(person, { modelId: third, endVoting: false });
    expect(again.map((one) => [one.exampleId, one.modelId]).sort()).toEqual(
      [
        [one, modelId],
        [two, later],
      ].sort(),
    );

    // Taking the mark back takes along what was said.
    await unmarkAnswer(team.admin, { modelId, exampleId: one });
    expect(await countEarlierMarks(person, later)).toMatchObject({ cases: 2, rightNow: 0 });
    expect(await db.askedAgain.count({ where: { modelId, exampleId: one } })).toBe(0);
  });
});
