// What was marked as wrong and retired after a proof is asked again by the next run, apart from all figures.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { type Content, promptText } from '@/lib/examples/content';
import { type JobDefinition, runJob } from '@/lib/jobs';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { findPerson } from '@/lib/lineage/person-queries';
import { runJobDefinition } from '@/lib/models/model-jobs';
import { evaluationSchema } from '@/lib/models/model-schema';
import { loadRetiredCases } from '@/lib/models/retired-cases';
import { createScene, heldOut, type Scene } from '@/lib/proofs/ledger-fixtures';
import { findNextJudgement } from '@/lib/proofs/ledger-queries';
import { openModelAnswers } from '@/lib/proofs/look-mutations';
import { stopQueue } from '@/lib/queue';
import { runFolder } from '@/lib/training/run-files';
import { createRun } from '@/lib/training/run-mutations';
import { judgeAskedAgain, openAskedAgain } from '@/lib/wrong-answers/asked-again-mutations';
import { countEarlierMarks } from '@/lib/wrong-answers/asked-again-queries';
import { markAnswer } from '@/lib/wrong-answers/wrong-answer-mutations';
import { findMarkState } from '@/lib/wrong-answers/wrong-answer-queries';
import { createTeam } from '@/tests/factories-examples';
import { createAnswers } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';
import { setEnvironment } from '@/tests/set-environment';

setEnvironment({ TRAINER_PYTHON: path.join(root, 'tests/faults/stand_in_trainer.py') });

type Team = Awaited<ReturnType<typeof createTeam>>;
let team: Team;
beforeAll(async () => {
  team = await createTeam('bicycles');
  const model = path.join(env().DATA_DIR, 'trainer/models/stand-in');
  mkdirSync(model, { recursive: true });
  writeFileSync(path.join(model, 'config.json'), '{"max_position_embeddings":8192}');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const open = async (modelId: string) => {
  for (const known of [false, true])
    await openModelAnswers(team.admin, { modelId, known, from: 0, endVoting: true });
};

/** Marks every answer of the first model as wrong, proves it, and releases again with so many examples more. */
async function markAndRetire(more: number): Promise<{ scene: Scene; marked: string[] }> {
  const scene = await createScene(team);
  const modelId = scene.models[0] as string;
  const marked = await createAnswers(modelId, (arm) => `${arm}: wrong.`);
  await open(modelId);
  for (const exampleId of marked) await markAnswer(team.admin, { modelId, exampleId, note: '' });
  await scene.prove(0);
  await scene.add(more);
  await scene.release();
  return { scene, marked };
}

const deliver = (definition: JobDefinition, jobId: string) =>
  runJob(definition, { jobId, lastAttempt: false, signal: new AbortController().signal });

async function begin(releaseId: string): Promise<{ id: string }> {
  const quote = await createQuote(team.admin, releaseId, {
    baseModel: 'stand-in',
    trainingExamples: 20,
    trainingTokens: 200,
    longestTokens: 10,
  });
  return createRun(team.admin, {
    releaseId,
    quoteId: quote.id,
    idempotencyKey: `run of ${releaseId}`,
    acceptWithdrawn: false,
  });
}

/** Trains with the stand-in; returns the model that came of it. */
async function train(releaseId: string): Promise<string> {
  const { id: runId } = await begin(releaseId);
  const job = await db.job.findFirstOrThrow({ where: { subjectId: runId } });
  await deliver(runJobDefinition, job.id);
  expect(existsSync(path.join(runFolder(runId), 'asked-again'))).toBe(false);
  const run = await db.run.findUniqueOrThrow({ where: { id: runId }, include: { model: true } });
  expect(run).toMatchObject({ state: 'done', phaseDone: run.phaseTotal });
  return run.model?.id ?? '';
}

const answersOf = (modelId: string) =>
  db.answer.findMany({
    where: { modelId },
    orderBy: [{ exampleId: 'asc' }, { arm: 'asc' }],
    select: { exampleId: true, arm: true, text: true },
  });

describe('a marked case that retired', () => {
  test('is answered by the next model, judged, and counted in nothing else', async () => {
    const { scene, marked } = await markAndRetire(4);
    const releaseId = scene.releases[1] as string;
    const stay = await heldOut(releaseId);
    const retired = marked.filter((id) => !stay.includes(id)).sort();
    expect(retired).toHaveLength(2);
    const ordinal = await findNextJudgement(team.admin, stay);

    const later = await train(releaseId);
    const answers = await answersOf(later);
    const own = answers.filter(({ exampleId }) => retired.includes(exampleId));
    expect(own).toEqual(
      retired.map((exampleId) => ({
        exampleId,
        arm: 'tuned',
        text: `tuned says yes to ${exampleId}`,
      })),
    );
    expect(answers).toHaveLength(2 * stay.length + retired.length);
    const { evaluation } = await db.model.findUniqueOrThrow({ where: { id: later } });
    expect(evaluationSchema.parse(evaluation).all.rows).toBe(stay.length);
    // One more model was measured on what stayed, as without the two.
    expect(await findNextJudgement(team.admin, stay)).toBe(ordinal + 1);

    expect(await countEarlierMarks(team.admin, later)).toMatchObject({
      cases: marked.length,
      asked: marked.length,
      open: marked.length,
      notHeldOut: 0,
    });
    const cases = await openAskedAgain(team.admin, { modelId: later, endVoting: true });
    expect(
      cases
        .filter(({ isHeldOut }) => !isHeldOut)
        .map(({ exampleId }) => exampleId)
        .sort(),
    ).toEqual(retired);
    for (const one of cases) {
      const { currentRevision } = await db.example.findUniqueOrThrow({
        where: { id: one.exampleId },
        select: { currentRevision: true },
      });
      expect(one).toMatchObject({
        earlier: 'tuned: wrong.',
        prompt: currentRevision?.promptText,
        reply: currentRevision?.replyText,
      });
    }
    const exampleId = retired[0] as string;
    await judgeAskedAgain(team.admin, {
      modelId: scene.models[0] as string,
      exampleId,
      laterModelId: later,
      outcome: 'right_now',
    });
    expect(await countEarlierMarks(team.admin, later)).toMatchObject({ rightNow: 1 });

    // It is no answer of the model's page, and a mark on it would lead nowhere.
    const shown = await Promise.all(
      [false, true].map((known) =>
        openModelAnswers(team.admin, { modelId: later, known, from: 0, endVoting: true }),
      ),
    );
    expect(shown.flat().some((one) => retired.includes(one.exampleId))).toBe(false);
    const ref = { modelId: later, exampleId };
    expect(await findMarkState(team.admin, ref)).toEqual({ canBeMarked: false, isMarked: false });
    await expect(markAnswer(team.admin, { ...ref, note: '' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('is not asked once it was erased, nor apart by a release that holds it out', async () => {
    const { scene, marked } = await markAndRetire(10);
    const releaseId = scene.releases[1] as string;
    const cases = await loadRetiredCases(releaseId);
    expect(cases.map(({ exampleId }) => exampleId).sort()).toEqual([...marked].sort());
    expect(await loadRetiredCases(scene.releases[0] as string)).toEqual([]);

    // A run that is asking it has it on the disk.
    const { id: runId } = await begin(releaseId);
    const folder = path.join(runFolder(runId), 'asked-again');
    mkdirSync(folder, { recursive: true });
    const [gone, ...rest] = cases;
    const text = promptText(gone?.content as Content);
    writeFileSync(path.join(folder, 'rows.jsonl'), text);
    const { seen } = await findPerson(team.admin, { text });
    const { jobId } = await erasePerson(team.admin, { text, seen });
    await deliver(personEraseJob, jobId);
    expect(existsSync(folder)).toBe(false);
    expect(await loadRetiredCases(releaseId)).toEqual(rest);
  });
});
