// A customer who stands in every place that a workspace has, for the tests of finding and erasing them.
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { filePath } from '@/lib/files';
import { createImport } from '@/lib/imports/import-mutations';
import { putInUse } from '@/lib/models/use-mutations';
import { castVote, type NextBallot, takeBallot } from '@/lib/proofs/ballot-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { writeReport } from '@/lib/proofs/report-write';
import { addRegressionItem } from '@/lib/regression-set/item-mutations';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { ownerSql } from '@/tests/database';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { createModel, createOpenProof, type Provable } from '@/tests/factories-proofs';

type Team = Awaited<ReturnType<typeof createTeam>>;

export const customer = 'Ottilie Kranzbühler';
/** Votes of the reviewer, each with a reason that names the customer. */
export async function voteFor(team: Team, proofId: string, count: number): Promise<NextBallot> {
  let next = await takeBallot(team.reviewer, proofId);
  for (let n = 0; n < count && next.kind === 'ballot'; n += 1)
    next = await castVote(team.reviewer, {
      proofId,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: `${customer} would like it, ${n}`,
    });
  return next;
}

const madeUp = (arm: string, index: number) =>
  index === 0 ? `${arm}: Dear ${customer}` : `${arm} answer ${index}`;

/** One proof that was voted on and closed, with its report, and one that is half voted on. */
async function createProofs(team: Team, provable: Provable) {
  const closedProof = await createOpenProof(team, provable, { barOf100: 50 }, madeUp);
  const openProof = await createOpenProof(team, provable, { barOf100: 60 }, madeUp);
  await voteFor(team, closedProof, 100);
  await closeProof(team.admin, closedProof);
  const report = await writeReport(team.admin, closedProof);
  await voteFor(team, openProof, 1);
  return { closedProof, openProof, report };
}

/** An item of the workspace's own that names the customer, an answer that does, and a reason. */
async function createRegressionTexts(team: Team, modelId: string): Promise<void> {
  const { id } = await addRegressionItem(team.admin, {
    kind: 'leak',
    prompt: `What did ${customer} write?`,
    phrases: [],
  });
  const key = { workspaceId: team.workspace.id, modelId, kind: 'leak' } as const;
  const judged = { outcome: 'pass', reason: 'nothing_leaked' } as const;
  await db.regressionAnswer.createMany({
    data: [
      { ...key, ...judged, itemId: id, arm: 'base', text: 'Nothing.' },
      { ...key, ...judged, itemId: 'leak-01', arm: 'tuned', text: `It was ${customer}.` },
      { ...key, ...judged, itemId: 'leak-02', arm: 'tuned', text: 'Nothing.' },
    ],
  });
  await putInUse(team.admin, { modelId, reason: `${customer} asked for it` });
}

const markWrong = (team: Team, modelId: string, exampleId: string, note: string) =>
  db.wrongAnswer.create({
    data: {
      modelId,
      exampleId,
      workspaceId: team.workspace.id,
      note,
      createdById: team.writer.userId,
    },
    select: { modelId: true },
  });

/** An answer that names nobody, to an example that names nobody. */
async function createOtherAnswer(team: Team, { datasetId, modelId }: Provable): Promise<string> {
  const { id } = await createExample(team.writer, datasetId, { prompt: 'Where is my parcel?' });
  await db.answer.create({
    data: {
      modelId,
      exampleId: id,
      arm: 'tuned',
      text: 'It is on its way.',
      tokens: 3,
      seconds: 1,
      replyKnown: false,
      findings: [],
    },
    select: { arm: true },
  });
  return id;
}

/** What bulk changes, first lines without a header and notes of releases keep of the customer. */
async function createKept(
  team: Team,
  { datasetId, releaseId }: Provable,
  exampleId: string,
): Promise<void> {
  const { id: jobId } = await db.job.create({
    data: {
      workspaceId: team.workspace.id,
      kind: 'example.bulk',
      subjectId: datasetId,
      input: {},
      state: 'done',
      createdById: team.writer.userId,
    },
    select: { id: true },
  });
  const before = {
    status: 'draft',
    statusBeforeRetire: null,
    submittedAt: null,
    topic: `about ${customer}`,
    tags: [customer, 'urgent'],
  };
  await db.bulkItem.create({
    data: { jobId, exampleId, workspaceId: team.workspace.id, version: 1, outcome: 'done', before },
    select: { jobId: true },
  });
  const { id } = await createImport(team.writer, {
    datasetId,
    fileName: 'no-header.csv',
    body: Readable.from([Buffer.from(`I am ${customer},Yes\nAnd I?,No\n`)]),
  });
  const { reading } = await db.import.findUniqueOrThrow({ where: { id } });
  await db.import.update({
    where: { id },
    data: { reading: { ...(reading as object), columns: [`I am ${customer}`, 'Yes'] } },
    select: { id: true },
  });
  await ownerSql('ALTER TABLE "Release" DISABLE TRIGGER "Release_guard"');
  await ownerSql('UPDATE "Release" SET "note" = $2 WHERE "id" = $1', [
    releaseId,
    `With what ${customer} wrote`,
  ]);
  await ownerSql('ALTER TABLE "Release" ENABLE TRIGGER "Release_guard"');
}

export const trainingExport = (releaseId: string) =>
  db.export.findFirstOrThrow({
    where: { releaseId, split: 'training', format: 'openai-chat' },
    select: { fileKey: true, manifestKey: true, rows: true },
  });

export type CustomerScene = Awaited<ReturnType<typeof createCustomerScene>>;

export async function createCustomerScene() {
  const team = await createTeam('shop');
  const strangers = await createTeam('elsewhere');
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  const agent = await team.addPerson('writer', 'agent');
  for (let n = 0; n < 24; n += 1)
    await createApproved(team.writer, team.reviewer, datasetId, {
      prompt: n < 16 ? `${questionOf(n)} ${customer}` : questionOf(n),
      coAuthorId: agent.userId,
    });
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const modelId = await createModel(team, releaseId);
  const provable = { datasetId, briefId, releaseId, modelId };
  const proofs = await createProofs(team, provable);
  await createExample(team.writer, datasetId, { reply: `Dear ${customer.toUpperCase()}, yes.` });
  await createExample(team.writer, datasetId, { groupKey: `customer ${customer}` });
  await createExample(strangers.writer, (await createDataset(strangers.admin)).id, {
    prompt: `I am ${customer}`,
  });
  const { id: importId } = await createImport(team.writer, {
    datasetId,
    fileName: `mails of ${customer}.csv`,
    body: Readable.from([Buffer.from(`prompt,reply\nI am ${customer},\n`)]),
  });
  await db.importRow.create({
    data: { importId, line: 2, reason: 'noReply', values: [customer], excerpt: customer },
    select: { line: true },
  });
  const held = await db.releaseItem.findFirstOrThrow({
    where: { releaseId, split: 'held_out' },
    select: { exampleId: true },
  });
  await db.answer.create({
    data: {
      modelId,
      exampleId: held.exampleId,
      arm: 'tuned',
      text: `Dear ${customer}`,
      tokens: 3,
      seconds: 1,
      replyKnown: false,
      findings: [],
    },
    select: { arm: true },
  });
  await createRegressionTexts(team, modelId);
  await markWrong(team, modelId, held.exampleId, 'Too long.');
  const otherId = await createOtherAnswer(team, provable);
  await markWrong(team, modelId, otherId, `${customer} would not like it.`);
  await createKept(team, provable, otherId);
  await db.job.create({
    data: {
      workspaceId: team.workspace.id,
      kind: 'model.ask',
      subjectId: modelId,
      input: { prompt: `I am ${customer}` },
      state: 'done',
      createdById: team.writer.userId,
    },
    select: { id: true },
  });
  const { fileKey, manifestKey } = await trainingExport(releaseId);
  const folder = await mkdtemp(path.join(tmpdir(), 'apprentice-downloaded-'));
  const downloaded = {
    file: path.join(folder, 'train.jsonl'),
    manifest: path.join(folder, 'm.jsonl'),
  };
  await cp(filePath(fileKey), downloaded.file);
  await cp(filePath(manifestKey), downloaded.manifest);
  return {
    team,
    strangers,
    datasetId,
    releaseId,
    modelId,
    importId,
    ...proofs,
    /** The training file and manifest as somebody downloaded them before. */
    downloaded,
  };
}

/** Rows of every table, and files below the data folder, that hold a text; the strangers’ own apart. */
export async function placesOf(text: string, strangersId: string): Promise<string[]> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await ownerSql<{ row: string }>(
      `SELECT to_jsonb(t)::text AS "row" FROM "${name}" t WHERE to_jsonb(t)::text ILIKE $1`,
      [`%${text}%`],
    );
    for (const { row } of rows) if (!row.includes(strangersId)) found.push(name);
  }
  const root = env().DATA_DIR;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if (readFileSync(file, 'utf8').toLowerCase().includes(text.toLowerCase())) found.push(file);
  }
  return found;
}
