// One waiting job of each kind that the worker takes, each in a workspace of its own.
import { Readable } from 'node:stream';
import { beginCurve } from '@/lib/curves/curve-mutations';
import { db } from '@/lib/db';
import { bulkMove } from '@/lib/examples/bulk-mutations';
import { saveWorkingCopy } from '@/lib/examples/working-copy-mutations';
import { createFileKey, storeFile } from '@/lib/files';
import { startImportCheck, startImportUndo } from '@/lib/imports/import-mutations';
import { check, importText, makePlace, startCommit, upload } from '@/lib/imports/import-test-kit';
import { startJob } from '@/lib/jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { findPerson } from '@/lib/lineage/person-queries';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { createScene } from '@/lib/proofs/ledger-fixtures';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import type { QueueName } from '@/lib/queue';
import { askRegressionSet } from '@/lib/regression-set/regression-mutations';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { createRelease } from '@/lib/releases/release-mutations';
import { createRun } from '@/lib/training/run-mutations';
import { sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import {
  contentOf,
  createDataset,
  createExample,
  createManyExamples,
  createTeam,
} from '@/tests/factories-examples';
import { createAnswers, createModel, createOpenProof, plan } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';
import { putBaseModel, wordTokenizer } from '@/tests/faults/stand-in-models';
import { addWebhook, allowOrigins, startReceiver } from '@/tests/webhook-receiver';

const receiver = await startReceiver();
receiver.answer = (response) => response.writeHead(500).end();
allowOrigins(receiver.origin);

const csv = [
  'ticket,question,answer,intent',
  '1,"Where is my order?","It is on its way.",tracking',
  '2,"Where is my order?","Please give me its number.",tracking',
  '3,"","It is on its way.",tracking',
  '4,"How do I return it?","Use the {{lable}},\nplease.",returns',
  '5,"Hello","Good day.",other',
].join('\n');

async function importCheck(): Promise<string> {
  const place = await makePlace();
  const importId = await upload(place, csv);
  return (await startImportCheck(place.viewer, { importId, version: 1 })).jobId;
}

async function importCommit(): Promise<string> {
  const place = await makePlace();
  const importId = await upload(place, csv);
  await check(place, importId);
  return startCommit(place, importId, 'in_review');
}

/** Of four imported examples one is being edited and stays. */
async function importUndo(): Promise<string> {
  const place = await makePlace();
  const importId = await importText(place, csv);
  const edited = await db.example.findFirstOrThrow({
    where: { importId },
    select: { id: true, currentRevisionId: true },
  });
  await saveWorkingCopy(place.viewer, {
    id: edited.id,
    baseRevisionId: edited.currentRevisionId ?? '',
    version: 0,
    content: contentOf('Half a reply'),
  });
  const { version } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  return (await startImportUndo(place.viewer, { importId, version })).jobId;
}

/** Two pieces of the 500 that one transaction takes. */
async function bulk(): Promise<string> {
  const team = await createTeam('bulk');
  const { id: datasetId } = await createDataset(team.admin);
  await createManyExamples(team.admin, datasetId, 520);
  const answer = await bulkMove(team.admin, {
    datasetId,
    selection: { filter: {} },
    move: { kind: 'retire' },
  });
  if (answer.kind !== 'job') throw new Error('the change was small enough for the request');
  return answer.jobId;
}

/** Two batches of 50 and a bit, where some examples gain a finding. */
async function recheck(): Promise<string> {
  const team = await createTeam('recheck');
  const { id: datasetId } = await createDataset(team.admin);
  for (let n = 0; n < 104; n += 1)
    await createExample(team.writer, datasetId, {
      reply: n % 40 === 0 ? `We answer asap, ${n}.` : `We answer today, ${n}.`,
    });
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId, {
    rules: [
      {
        id: '0198c5a0-0000-7000-8000-000000000001',
        kind: 'banned_phrase',
        severity: 'blocker',
        phrases: ['asap'],
      },
    ],
  });
  return db.$transaction(
    async (tx) =>
      (
        await startJob(tx, team.admin, {
          kind: 'brief.recheck',
          subjectId: datasetId,
          input: { briefId },
        })
      ).id,
  );
}

type Team = Awaited<ReturnType<typeof createTeam>>;

async function createStock(name: string) {
  const team = await createTeam(name);
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  for (let n = 0; n < 12; n += 1)
    await createApproved(team.writer, team.reviewer, datasetId, {
      prompt: questionOf(n),
      groupKey: `ticket ${n}`,
    });
  return { team, datasetId, briefId };
}

async function release(): Promise<string> {
  const { team, datasetId, briefId } = await createStock('release');
  const { jobId } = await createRelease(team.admin, { datasetId, briefId, note: '' });
  return jobId ?? '';
}

/** A release for which a proof let marked cases of an earlier model retire; they are asked as well. */
async function run(): Promise<string> {
  const team = await createTeam('run');
  const { models, prove, add, release } = await createScene(team);
  const modelId = models[0] ?? '';
  await giveFile(modelId);
  for (const exampleId of await createAnswers(modelId))
    await db.wrongAnswer.create({
      data: {
        modelId,
        exampleId,
        workspaceId: team.workspace.id,
        createdById: team.admin.userId,
      },
      select: { modelId: true },
    });
  await prove(0);
  await add(4);
  const releaseId = await release();
  putBaseModel('stand-in', { 'config.json': { max_position_embeddings: 8_192 } });
  const quote = await createQuote(team.admin, releaseId, {
    baseModel: 'stand-in',
    trainingExamples: 10,
    trainingTokens: 100,
    longestTokens: 10,
  });
  const made = await createRun(team.admin, {
    releaseId,
    quoteId: quote.id,
    idempotencyKey: 'the run of this test',
    acceptWithdrawn: false,
  });
  return (await db.job.findFirstOrThrow({ where: { subjectId: made.id } })).id;
}

/** Lets a made-up model name a file which is there. */
async function giveFile(modelId: string): Promise<void> {
  const { key, sha256 } = await storeFile(createFileKey('adapters'), Readable.from(['adapter']));
  await db.model.update({
    where: { id: modelId },
    data: { adapterKey: key, adapterSha256: sha256 },
    select: { id: true },
  });
}

async function modelWithFile(team: Team, releaseId: string): Promise<string> {
  const modelId = await createModel(team, releaseId);
  await giveFile(modelId);
  return modelId;
}

/** A proof whose answers are to be made, on held-out and validation rows. */
async function answer(): Promise<string> {
  const { team, datasetId, briefId } = await createStock('answer');
  const releaseId = await freeze(team.admin, datasetId, briefId);
  // The base model that `createModel` names.
  putBaseModel('small', { 'config.json': { max_position_embeddings: 8_192 }, ...wordTokenizer });
  const modelId = await modelWithFile(team, releaseId);
  const { id: planId } = await createPlan(team.admin, plan(releaseId, { opponent: null }));
  const { jobId } = await createProof(team.admin, { modelId, planId });
  return jobId ?? '';
}

/** Base and tuned model are asked what ships, by the stand-in for the trainer. */
async function askSet(): Promise<string> {
  const { team, datasetId, briefId } = await createStock('regression');
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const modelId = await modelWithFile(team, releaseId);
  putBaseModel('small', { 'config.json': { max_position_embeddings: 8_192 } });
  return (await askRegressionSet(team.admin, modelId)).jobId ?? '';
}

/** Parts of a release are trained on, by the stand-in for the trainer. */
async function measureCurve(): Promise<string> {
  const { team, datasetId, briefId } = await createStock('curve');
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const modelId = await modelWithFile(team, releaseId);
  putBaseModel('small', { 'config.json': { max_position_embeddings: 8_192 } });
  return (await beginCurve(team.admin, modelId)).jobId ?? '';
}

/** A proof with votes. */
async function proofWithVotes(
  team: Team,
  place: { datasetId: string; briefId: string; releaseId: string },
  text: string,
): Promise<void> {
  const modelId = await modelWithFile(team, place.releaseId);
  const proofId = await createOpenProof(
    team,
    { ...place, modelId },
    {},
    (arm, index) => `${arm} ${index}: Dear ${text}`,
  );
  const next = await takeBallot(team.reviewer, proofId);
  if (next.kind !== 'ballot') throw new Error('nothing to vote on');
  await castVote(team.reviewer, {
    proofId,
    ballot: next.ballot,
    choice: 'a',
    guess: null,
    reason: `knows ${text}`,
  });
}

/** A customer stands in a released and a waiting example and in a proof: rows and texts go, training files are made again. */
async function erase(): Promise<string> {
  const { team, datasetId, briefId } = await createStock('erase');
  const text = 'Ottilie Kranz';
  await createApproved(team.writer, team.reviewer, datasetId, {
    prompt: `${text} asks: ${questionOf(40)}`,
    groupKey: 'ticket 40',
  });
  const releaseId = await freeze(team.admin, datasetId, briefId);
  await proofWithVotes(team, { datasetId, briefId, releaseId }, text);
  await createExample(team.writer, datasetId, { prompt: `${text} asks again: ${questionOf(41)}` });
  const { seen } = await findPerson(team.admin, { text });
  return (await erasePerson(team.admin, { text, seen })).jobId;
}

/** A message to a receiver that fails, so that an attempt is logged and the next one is queued. */
async function deliver(): Promise<string> {
  const team = await createTeam('webhook');
  const { id } = await addWebhook(team.admin, receiver.origin);
  await sendTestEvent(team.admin, id);
  return (await db.job.findFirstOrThrow({ where: { workspaceId: team.workspace.id } })).id;
}

/** Makes a waiting job of each kind. Left out: `model.ask`, which writes nothing. */
export const scenarios: Record<Exclude<QueueName, 'model.ask'>, () => Promise<string>> = {
  'import.check': importCheck,
  'import.commit': importCommit,
  'import.undo': importUndo,
  'example.bulk': bulk,
  'brief.recheck': recheck,
  'release.freeze': release,
  'run.train': run,
  'proof.answer': answer,
  'person.erase': erase,
  'webhook.deliver': deliver,
  'regression.ask': askSet,
  'curve.measure': measureCurve,
};
