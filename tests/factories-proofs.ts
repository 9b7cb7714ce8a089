// What tests of proofs build: a release with a model of it, and a proof whose answers are made up.

import { Readable } from 'node:stream';
import { db } from '@/lib/db';
import { createFileKey, storeFile } from '@/lib/files';
import {
  loadAskedRows,
  loadTrainingExamples,
  loadValidationRows,
  type PreparedRow,
  promptMaker,
} from '@/lib/proofs/answer-rows';
import { storeAnswers } from '@/lib/proofs/answer-store';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import type { PlanInput } from '@/lib/proofs/proof-schema';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
  SYSTEM_PROMPT,
} from '@/lib/releases/release-fixtures';
import type { Viewer } from '@/lib/session';
import type { TrainerAnswers } from '@/lib/training/trainer-schema';
import type { createTeam } from '@/tests/factories-examples';
import { createDataset } from '@/tests/factories-examples';
import { createQuote } from '@/tests/factories-runs';
import { evaluation } from '@/tests/made-up-run';

type Team = Pick<
  Awaited<ReturnType<typeof createTeam>>,
  'workspace' | 'writer' | 'reviewer' | 'admin'
>;

/** A model of a release, as a finished run makes it. */
export async function createModel(team: Team, releaseId: string): Promise<string> {
  const last = await db.run.aggregate({
    where: { workspaceId: team.workspace.id },
    _max: { number: true },
  });
  const number = (last._max.number ?? 0) + 1;
  const { workspaceId, userId: createdById } = team.admin;
  const quote = await createQuote(team.admin, releaseId);
  const run = await db.run.create({
    data: {
      workspaceId,
      releaseId,
      quoteId: quote.id,
      number,
      state: 'done',
      seed: 1,
      createdById,
      startedAt: new Date(),
      finishedAt: new Date(),
    },
    select: { id: true },
  });
  const { key: adapterKey } = await storeFile(
    createFileKey('adapters', '.zip'),
    Readable.from(['adapter']),
  );
  const model = await db.model.create({
    data: {
      workspaceId,
      runId: run.id,
      name: `small-run-${number}`,
      baseModel: 'small',
      adapterKey,
      adapterSha256: 'ad'.repeat(32),
      bytes: 1_000_000n,
      evaluation,
    },
    select: { id: true },
  });
  return model.id;
}

/** What a model replied to the held-out prompts of its release, as its run stores it. Returns their ids. */
export async function createAnswers(
  modelId: string,
  textOf: (arm: 'base' | 'tuned', index: number) => string = (arm, index) =>
    `${arm} answer ${index}`,
): Promise<string[]> {
  const { run } = await db.model.findUniqueOrThrow({
    where: { id: modelId },
    select: { run: { select: { releaseId: true } } },
  });
  const items = await db.releaseItem.findMany({
    where: { releaseId: run.releaseId, split: 'held_out' },
    orderBy: { position: 'asc' },
    select: { exampleId: true, replyKnown: true },
  });
  await db.answer.createMany({
    data: items.flatMap(({ exampleId, replyKnown }, index) =>
      (['base', 'tuned'] as const).map((arm) => ({
        modelId,
        exampleId,
        arm,
        text: textOf(arm, index),
        tokens: 5,
        seconds: 0.1,
        replyKnown,
        findings: [],
      })),
    ),
  });
  return items.map(({ exampleId }) => exampleId);
}

/** A frozen release of `rows` approved examples by the writer, with a model of it. */
export async function createProvable(
  team: Team,
  options: {
    rows?: number;
    rules?: object[];
    topicOf?: (number: number) => string | null;
    replyOf?: (number: number) => string | undefined;
    /** The system message of every example; without it the brief's counts. */
    system?: string;
    writerOf?: (number: number) => Viewer;
    /** What else is written before the release is frozen. */
    alsoWrite?: (datasetId: string) => Promise<void>;
  } = {},
) {
  const { rows = 120, rules = [], topicOf = () => null, replyOf = () => undefined } = options;
  const { writerOf = () => team.writer, system } = options;
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId, { rules });
  for (let n = 0; n < rows; n += 1) {
    const { id } = await createApproved(writerOf(n), team.reviewer, datasetId, {
      prompt: questionOf(n),
      reply: replyOf(n),
      system,
    });
    const topic = topicOf(n);
    if (topic) await db.example.update({ where: { id }, data: { topic }, select: { id: true } });
  }
  await options.alsoWrite?.(datasetId);
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const modelId = await createModel(team, releaseId);
  return { datasetId, briefId, releaseId, modelId };
}

export type Provable = Awaited<ReturnType<typeof createProvable>>;

export const plan = (releaseId: string, over: Partial<PlanInput> = {}): PlanInput => ({
  releaseId,
  measure: 'blind_votes',
  barOf100: 60,
  marginOf100: 0,
  votesPerPrompt: 1,
  candidate: 'tuned',
  opponent: 'base',
  ...over,
});

type MadeUp = (arm: 'base' | 'base_examples' | 'tuned', index: number) => string | null;

/** What the trainer would have written for these rows. */
export function trainerAnswers(
  rows: readonly PreparedRow[],
  make: MadeUp,
  over: Partial<TrainerAnswers['rows'][number]> = {},
): TrainerAnswers {
  return {
    rows: rows.flatMap((row, index) =>
      row.rows.map(({ id }) => {
        const answer = make(id.split(':')[1] as 'base', index);
        return {
          id,
          loss: 1,
          replyTokens: 10,
          answer,
          tokens: 5,
          finished: true,
          seconds: 0.1,
          errors: answer === null ? ['ValueError: too long'] : [],
          ...over,
        };
      }),
    ),
    settings: {
      maxNewTokens: 200,
      batchSize: 16,
      decoding: 'greedy',
      dtype: 'float32',
      baseModel: 'small',
    },
  };
}

/** Lets made-up answers stand for the trainer's: everything after it is the job's own code. */
export async function answerProof(
  team: Team,
  proofId: string,
  make: MadeUp,
  /** Of the release, where it is to have more than the proof asks. */
  heldOutRows?: number,
): Promise<void> {
  const proof = await db.proof.findUniqueOrThrow({
    where: { id: proofId },
    select: {
      releaseId: true,
      commitment: true,
      sideSecret: true,
      plan: { select: { measure: true, candidate: true, opponent: true } },
      model: { select: { run: { select: { release: { select: { brief: true } } } } } },
    },
  });
  const { brief } = proof.model.run.release;
  const prompts = promptMaker({
    training: await loadTrainingExamples(proof.releaseId),
    brief: { ...brief, systemPrompt: SYSTEM_PROMPT },
    countTokens: () => 10,
    limit: 1_000,
  });
  const heldOut = (await loadAskedRows(proofId)).map((row) =>
    prompts(row, ['base', 'base_examples', 'tuned']),
  );
  const validation = (await loadValidationRows(proof.releaseId)).map((row) =>
    prompts(row, ['base', 'base_examples']),
  );
  const answers = trainerAnswers(heldOut, make);
  answers.rows.push(...trainerAnswers(validation, make).rows);
  const planOpponent = proof.plan.opponent === 'tuned' ? null : proof.plan.opponent;
  await storeAnswers(
    team.admin,
    {
      id: proofId,
      commitment: proof.commitment,
      sideSecret: proof.sideSecret,
      adapterSha256: 'ad'.repeat(32),
      measure: proof.plan.measure,
      planCandidate: proof.plan.candidate,
      planOpponent,
    },
    { heldOut, heldOutRows: heldOutRows ?? heldOut.length, validation, brief, answers },
  );
}

/** A proof that is open for votes; by default every answer says whose it is, for the test alone. */
export async function createOpenProof(
  team: Team,
  provable: Provable,
  over: Partial<PlanInput> = {},
  make: MadeUp = (name, index) => `${name} answer ${index}`,
): Promise<string> {
  const { id: planId } = await createPlan(team.admin, plan(provable.releaseId, over));
  const { id } = await createProof(team.admin, { modelId: provable.modelId, planId });
  await answerProof(team, id, make);
  return id;
}
