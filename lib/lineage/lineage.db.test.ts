// A customer who asks to be forgotten: found everywhere, erased everywhere, and what was released
// says so truthfully.
import { createPublicKey } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import type { ManifestRow } from '@/lib/exports/manifest';
import { readSigningKey } from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';
import { createFileKey, filePath, storeFile } from '@/lib/files';
import { createImport } from '@/lib/imports/import-mutations';
import { runJob } from '@/lib/jobs';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { findLine } from '@/lib/lineage/line-queries';
import { countErased, countTrainedOnErased, findPerson } from '@/lib/lineage/person-queries';
import { putInUse } from '@/lib/models/use-mutations';
import { findUses } from '@/lib/models/use-queries';
import { castVote, type NextBallot, takeBallot } from '@/lib/proofs/ballot-mutations';
import { loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof, toVerdictLines } from '@/lib/proofs/judge';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { proofFolder } from '@/lib/proofs/proof-files';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import { writeReport } from '@/lib/proofs/report-write';
import { getProofExample, getResult } from '@/lib/proofs/result-queries';
import { verifyReport } from '@/lib/proofs/verify-report';
import { stopQueue } from '@/lib/queue';
import { addRegressionItem } from '@/lib/regression-set/item-mutations';
import { findItems } from '@/lib/regression-set/item-queries';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { verifyRowsInDatabase } from '@/lib/releases/verify-database';
import type { Viewer } from '@/lib/session';
import { appSql, ownerSql } from '@/tests/database';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { createOpenProof, plan } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';

const customer = 'Ottilie Kranzbühler';
let team: Awaited<ReturnType<typeof createTeam>>;
let strangers: Awaited<ReturnType<typeof createTeam>>;
let datasetId: string;
let releaseId: string;
let modelId: string;
let importId: string;
let closedProof: string;
let openProof: string;
/** The report of the closed proof as somebody downloaded it before. */
let report: string;
/** The training file and manifest as somebody downloaded them before. */
let downloaded: { file: string; manifest: string };

async function createModel(viewer: Viewer): Promise<string> {
  const quote = await createQuote(viewer, releaseId);
  const run = await db.run.create({
    data: {
      workspaceId: viewer.workspaceId,
      releaseId,
      quoteId: quote.id,
      number: 1,
      seed: 1,
      state: 'done',
      createdById: viewer.userId,
    },
    select: { id: true },
  });
  const stored = await storeFile(createFileKey('adapters'), Readable.from(['adapter']));
  const model = await db.model.create({
    data: {
      workspaceId: viewer.workspaceId,
      runId: run.id,
      name: 'First',
      baseModel: 'small',
      adapterKey: stored.key,
      adapterSha256: stored.sha256,
      bytes: stored.bytes,
    },
    select: { id: true },
  });
  return model.id;
}

/** Votes of the reviewer, each with a reason that names the customer. */
async function vote(proofId: string, count: number): Promise<NextBallot> {
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

const provable = () => ({ datasetId, briefId: '', releaseId, modelId });
const madeUp = (arm: string, index: number) =>
  index === 0 ? `${arm}: Dear ${customer}` : `${arm} answer ${index}`;

/** One proof that was voted on and closed, one that is half voted on, one whose answers are awaited. */
async function createProofs(): Promise<void> {
  closedProof = await createOpenProof(team, provable(), { barOf100: 50 }, madeUp);
  openProof = await createOpenProof(team, provable(), { barOf100: 60 }, madeUp);
  await vote(closedProof, 100);
  await closeProof(team.admin, closedProof);
  report = await writeReport(team.admin, closedProof);
  await vote(openProof, 1);
}

/** An item of the workspace's own that names the customer, an answer that does, and a reason. */
async function createRegressionTexts(): Promise<void> {
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

const markWrong = (exampleId: string, note: string) =>
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
async function createOtherAnswer(): Promise<string> {
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
async function createKept(exampleId: string): Promise<void> {
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

const trainingExport = () =>
  db.export.findFirstOrThrow({
    where: { releaseId, split: 'training', format: 'openai-chat' },
    select: { fileKey: true, manifestKey: true, rows: true },
  });

beforeAll(async () => {
  team = await createTeam('shop');
  strangers = await createTeam('elsewhere');
  ({ id: datasetId } = await createDataset(team.admin));
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  for (let n = 0; n < 24; n += 1)
    await createApproved(team.writer, team.reviewer, datasetId, {
      prompt: n < 16 ? `${questionOf(n)} ${customer}` : questionOf(n),
    });
  releaseId = await freeze(team.admin, datasetId, briefId);
  modelId = await createModel(team.admin);
  await createProofs();
  await createExample(team.writer, datasetId, { reply: `Dear ${customer.toUpperCase()}, yes.` });
  await createExample(team.writer, datasetId, { groupKey: `customer ${customer}` });
  await createExample(strangers.writer, (await createDataset(strangers.admin)).id, {
    prompt: `I am ${customer}`,
  });
  ({ id: importId } = await createImport(team.writer, {
    datasetId,
    fileName: `mails of ${customer}.csv`,
    body: Readable.from([Buffer.from(`prompt,reply\nI am ${customer},\n`)]),
  }));
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
  await createRegressionTexts();
  await markWrong(held.exampleId, 'Too long.');
  const otherId = await createOtherAnswer();
  await markWrong(otherId, `${customer} would not like it.`);
  await createKept(otherId);
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
  const { fileKey, manifestKey } = await trainingExport();
  const folder = await mkdtemp(path.join(tmpdir(), 'apprentice-downloaded-'));
  downloaded = { file: path.join(folder, 'train.jsonl'), manifest: path.join(folder, 'm.jsonl') };
  await cp(filePath(fileKey), downloaded.file);
  await cp(filePath(manifestKey), downloaded.manifest);
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** Rows of every table, and files below the data folder, that hold a text; the strangers' own apart. */
async function placesOf(text: string): Promise<string[]> {
  const tables = await ownerSql<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await ownerSql<{ row: string }>(
      `SELECT to_jsonb(t)::text AS "row" FROM "${name}" t WHERE to_jsonb(t)::text ILIKE $1`,
      [`%${text}%`],
    );
    for (const { row } of rows) if (!row.includes(strangers.workspace.id)) found.push(name);
  }
  const root = env().DATA_DIR;
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if (readFileSync(file, 'utf8').toLowerCase().includes(text.toLowerCase())) found.push(file);
  }
  return found;
}

const judged = async (proofId: string) =>
  toVerdictLines(judgeProof((await loadFacts(team.admin, proofId)).facts));

/** A report without its signature. */
const unsigned = (text: string) => text.trimEnd().split('\n').slice(0, -1).join('\n');

const verifyDownloaded = async () => {
  const rows: ManifestRow[] = [];
  const result = await verifyExport({
    ...downloaded,
    key: readSigningKey(env().SIGNING_KEY ?? ''),
    onRow: (row) => void rows.push(row),
  });
  if (!result.header) throw new Error('no header');
  return { result, rows, found: await verifyRowsInDatabase(result.header, rows) };
};

describe('a line of a training file', () => {
  test('leads to its people, by itself and by its hash; strangers and writers learn nothing', async () => {
    const lines = readFileSync(downloaded.file, 'utf8').trimEnd().split('\n');
    const line = lines[2] ?? '';
    const [place] = await findLine(team.admin, { line });
    expect(place).toMatchObject({
      line: 3,
      releaseNumber: 1,
      format: 'openai-chat',
      isPresent: true,
      author: 'writer of shop',
      reviewer: 'reviewer of shop',
      briefApprover: 'reviewer of shop',
      briefVersion: 1,
    });
    const { createHash } = await import('node:crypto');
    const hash = createHash('sha256').update(line).digest('hex');
    expect(await findLine(team.admin, { line: hash })).toEqual([place]);
    expect(await findLine(team.admin, { line: `${line} ` })).toEqual([place]);
    expect(await findLine(team.admin, { line: line.slice(1) })).toEqual([]);
    expect(await findLine(strangers.admin, { line })).toEqual([]);
    await expect(findLine(team.reviewer, { line })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('a person', () => {
  test('is found in every place, by admins alone, and the search keeps no text', async () => {
    const found = await findPerson(team.admin, { text: customer.toLowerCase() });
    expect(found.counts).toMatchObject({
      examples: 18,
      revisions: 18,
      released: 16,
      releases: 1,
      models: 1,
      imports: 2,
      badRows: 1,
      marks: 2,
      jobs: 1,
      bulkItems: 1,
      notes: 1,
    });
    expect(found.byHand).toEqual({ briefs: [], datasets: [], models: [], uploads: [] });
    expect(found.counts.answers).toBeGreaterThanOrEqual(1);
    expect(found.counts.proofs).toBe(2);
    expect(found.counts.proofTexts).toBeGreaterThan(2);
    expect(found.proofs.map(({ id }) => id)).toEqual([closedProof, openProof].sort());
    // The item, the answer to it, the answer that names the customer, and the reason.
    expect(found.counts.regressionTexts).toBe(4);
    expect(found.counts.files).toBeGreaterThanOrEqual(2);
    expect(found.releases[0]).toMatchObject({
      number: 1,
      examples: 16,
      models: [{ name: 'First' }],
    });
    const nobody = await findPerson(team.admin, { text: 'Nobody_here%' });
    expect(nobody.counts.examples).toBe(0);
    for (const viewer of [team.writer, team.reviewer])
      await expect(findPerson(viewer, { text: customer })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect((await findPerson(strangers.admin, { text: customer })).counts.examples).toBe(1);
    const entries = await db.auditEvent.findMany({ where: { action: 'person.searched' } });
    expect(JSON.stringify(entries.map((entry) => entry.data))).not.toContain('Ottilie');
    expect(entries.map((entry) => entry.data)).toContainEqual({ matches: 18 });
  });

  test('is not erased where the counts are other ones by now', async () => {
    const { seen } = await findPerson(team.admin, { text: customer });
    const other = '0'.repeat(64);
    await expect(erasePerson(team.admin, { text: customer, seen: other })).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'lineage.errors.changed',
    });
    await expect(erasePerson(team.reviewer, { text: customer, seen })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  test('is not erased while a proof is being answered from its examples', async () => {
    const { id: planId } = await createPlan(team.admin, plan(releaseId, { barOf100: 70 }));
    const proof = await createProof(team.admin, { modelId, planId });
    const { seen } = await findPerson(team.admin, { text: customer });
    await expect(erasePerson(team.admin, { text: customer, seen })).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'lineage.errors.answering',
    });
    await db.proof.update({
      where: { id: proof.id },
      data: { state: 'cancelled' },
      select: { id: true },
    });
    // What the trainer was given stays for going on.
    await mkdir(proofFolder(proof.id), { recursive: true });
    await writeFile(path.join(proofFolder(proof.id), 'rows.jsonl'), customer);
  });

  test('the database erases for an open erasure of an admin, and inside its workspace alone', async () => {
    const { id: example } = await createExample(
      strangers.writer,
      (await createDataset(strangers.admin)).id,
    );
    const erase = (erasure: string, actor: string) =>
      appSql('SELECT erase_examples($1, ARRAY[$2]::uuid[], $3)', [erasure, example, actor]);
    const open = async (by: Viewer) =>
      (
        await db.erasure.create({
          data: { workspaceId: by.workspaceId, createdById: by.userId, counts: {} },
          select: { id: true },
        })
      ).id;
    await expect(erase(await open(team.admin), team.admin.userId)).rejects.toThrow(
      'erasure_crosses_border',
    );
    await expect(erase(await open(team.writer), team.writer.userId)).rejects.toThrow(
      'erasure_needs_admin',
    );
    await expect(erase(await open(team.admin), team.writer.userId)).rejects.toThrow(
      'no_such_erasure',
    );
    const texts = (erasure: string, actor: string) =>
      appSql(`SELECT erase_proof_texts($1, $2, ARRAY[]::uuid[], '[]', $3)`, [
        erasure,
        JSON.stringify([{ proofId: closedProof, exampleId: example, arm: 'tuned' }]),
        actor,
      ]);
    await expect(texts(await open(team.writer), team.writer.userId)).rejects.toThrow(
      'erasure_needs_admin',
    );
    await expect(texts(await open(team.admin), team.writer.userId)).rejects.toThrow(
      'no_such_erasure',
    );
    await expect(appSql(`SELECT lock_erasure($1, $1)`, [closedProof])).rejects.toThrow(
      'permission denied',
    );
    await expect(appSql('DELETE FROM "ErasedItem"')).rejects.toThrow('permission denied');
    await expect(appSql('DELETE FROM "Erasure"')).rejects.toThrow('permission denied');
  });

  test('a stranger’s admin empties nothing in this workspace’s proofs', async () => {
    const { id } = await db.erasure.create({
      data: {
        workspaceId: strangers.workspace.id,
        createdById: strangers.admin.userId,
        counts: {},
      },
      select: { id: true },
    });
    const answers = await db.proofAnswer.findMany({
      where: { proofId: closedProof },
      select: { proofId: true, exampleId: true, arm: true, text: true },
    });
    const votes = await db.proofVote.findMany({ where: { proofId: closedProof } });
    await appSql('SELECT erase_proof_texts($1, $2, $3, $4, $5)', [
      id,
      JSON.stringify(answers),
      votes.map((one) => one.id),
      JSON.stringify(answers),
      strangers.admin.userId,
    ]);
    expect(
      await db.proofAnswer.findMany({
        where: { proofId: closedProof },
        select: { proofId: true, exampleId: true, arm: true, text: true },
      }),
    ).toEqual(answers);
    expect(await db.proofVote.findMany({ where: { proofId: closedProof } })).toEqual(votes);
  });

  test('is erased from rows and files; release, model, files and verifiers say so', async () => {
    expect((await placesOf('Kranzbühler')).length).toBeGreaterThan(20);
    const before = await trainingExport();
    const verdict = await judged(closedProof);
    const shown = await takeBallot(team.reviewer, openProof);
    const { seen } = await findPerson(team.admin, { text: customer });
    const { jobId } = await erasePerson(team.admin, { text: customer, seen });
    const deliver = (definition = personEraseJob) =>
      runJob(definition, {
        jobId,
        lastAttempt: false,
        signal: new AbortController().signal,
      });
    // A worker that dies right before the end: the next one takes nothing away that was made again.
    const dying: typeof personEraseJob = {
      ...personEraseJob,
      run: (context) =>
        personEraseJob.run({ ...context, conclude: () => Promise.reject(new Error('killed')) }),
    };
    await expect(deliver(dying)).rejects.toThrow('killed');
    const redone = await trainingExport();
    await deliver();
    expect(await trainingExport()).toEqual(redone);
    expect(
      await db.auditEvent.count({
        where: { workspaceId: team.workspace.id, action: 'release.files_redone' },
      }),
    ).toBe(1);
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({ state: 'done', errorCode: null });

    expect(await placesOf('Kranzbühler')).toEqual([]);
    // The mark of an erased answer went with it, the other one lost its note.
    expect(
      await db.wrongAnswer.findMany({
        where: { workspaceId: team.workspace.id },
        select: { modelId: true, note: true },
      }),
    ).toEqual([{ modelId, note: null }]);
    expect(existsSync(filePath(before.fileKey))).toBe(false);
    // What a bulk change had put aside gives the rest back; a first line keeps its columns.
    const item = await db.bulkItem.findFirstOrThrow({ where: { outcome: 'done' } });
    expect(item.before).toMatchObject({ status: 'draft', topic: null, tags: [] });
    const { reading } = await db.import.findFirstOrThrow({
      where: { id: { not: importId }, workspaceId: team.workspace.id },
    });
    expect(reading).toMatchObject({ columns: ['', ''] });

    // Votes, verdict and report of the proofs stand; what was undecided is no longer asked for.
    expect(await judged(closedProof)).toEqual(verdict);
    const result = await getResult(team.admin, closedProof);
    expect(result.erased).toBeGreaterThan(0);
    expect(unsigned(await writeReport(team.admin, closedProof))).toBe(unsigned(report));
    const publicKey = createPublicKey(readSigningKey(env().SIGNING_KEY ?? ''));
    for (const text of [report, await writeReport(team.admin, closedProof)])
      expect(verifyReport(Buffer.from(text), publicKey).faults).toEqual([]);
    const next = await takeBallot(team.reviewer, openProof);
    if (shown.kind === 'ballot' && JSON.stringify(shown).includes(customer)) {
      expect(next).not.toMatchObject({ ballot: shown.ballot });
      await expect(
        castVote(team.reviewer, {
          proofId: openProof,
          ballot: shown.ballot,
          choice: 'a',
          guess: null,
          reason: '',
        }),
      ).rejects.toMatchObject({ code: 'CONFLICT' });
    }
    expect(JSON.stringify(next)).not.toContain(customer);
    for (const part of (await getResult(team.writer, openProof)).parts)
      expect(part.squares.length).toBeGreaterThan(0);
    await openProofAnswers(team.admin, closedProof);
    for (let position = 0; position < result.parts.reduce((sum, part) => sum + part.rows, 0); )
      expect(
        JSON.stringify(
          await getProofExample(team.admin, { proofId: closedProof, position: position++ }),
        ),
      ).not.toContain(customer);

    const after = await trainingExport();
    const erased = await db.erasedItem.count({ where: { releaseId, split: 'training' } });
    expect(erased).toBeGreaterThan(0);
    expect(after.rows).toBe(before.rows - erased);
    expect(await countErased(team.admin, releaseId)).toBe(16);
    expect(await countTrainedOnErased(team.admin, modelId)).toBeGreaterThan(0);

    // The new file holds on its own and says what it lacks; the old one is told apart from a forgery.
    const rows: ManifestRow[] = [];
    const again = await verifyExport({
      file: filePath(after.fileKey),
      manifest: filePath(after.manifestKey),
      key: readSigningKey(env().SIGNING_KEY ?? ''),
      onRow: (row) => void rows.push(row),
    });
    expect(again).toMatchObject({ faults: [], signature: 'valid', rows: after.rows });
    expect(again.header).toMatchObject({ erased });
    if (!again.header) throw new Error('no header');
    expect(await verifyRowsInDatabase(again.header, rows)).toEqual({ faults: [], warnings: [] });
    const old = await verifyDownloaded();
    expect(old.result).toMatchObject({ faults: [], signature: 'valid' });
    expect(old.found.faults).toEqual([]);
    expect(old.found.warnings).toHaveLength(erased);
    expect(old.found.warnings[0]).toContain('this file still holds it');

    const actions = await db.auditEvent.groupBy({
      by: ['action'],
      where: { workspaceId: team.workspace.id, action: { startsWith: 'person.' } },
      _count: { _all: true },
    });
    expect(actions.map(({ action }) => action).sort()).toEqual([
      'person.erase_requested',
      'person.erased',
      'person.searched',
    ]);
    // Of the regression set the texts are gone, how it was judged and who decided is not.
    expect(
      await db.regressionAnswer.findMany({
        where: { modelId },
        orderBy: { itemId: 'desc' },
        select: { text: true, outcome: true },
      }),
    ).toEqual([
      { text: 'Nothing.', outcome: 'pass' },
      { text: '', outcome: 'pass' },
      { text: '', outcome: 'pass' },
    ]);
    expect((await findItems(team.admin)).own).toEqual([]);
    expect(await findUses(team.admin, modelId)).toMatchObject([{ reason: null, isErased: true }]);

    const gone = await db.auditEvent.count({
      where: { workspaceId: team.workspace.id, action: 'example.erased' },
    });
    expect(gone).toBe(18);

    // A second delivery finds it done.
    await db.job.update({ where: { id: jobId }, data: { state: 'queued' }, select: { id: true } });
    await deliver();
    expect((await trainingExport()).fileKey).toBe(after.fileKey);
  });

  test('that was erased does not keep their workspace from being erased whole', async () => {
    await appSql('SELECT erase_workspace($1, $2)', [team.workspace.id, team.admin.userId]);
    for (const table of ['RegressionItem', 'RegressionAnswer', 'ModelUse', 'Erasure'])
      expect(
        await ownerSql(`SELECT 1 FROM "${table}" WHERE "workspaceId" = $1`, [team.workspace.id]),
      ).toEqual([]);
  });
});
