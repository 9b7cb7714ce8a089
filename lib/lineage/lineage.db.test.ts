// A customer who asks to be forgotten: found everywhere, erased everywhere, and what was released
// says so truthfully.
import { createPublicKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import type { ManifestRow } from '@/lib/exports/manifest';
import { readSigningKey } from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';
import { filePath } from '@/lib/files';
import { runJob } from '@/lib/jobs';
import {
  type CustomerScene,
  createCustomerScene,
  customer,
  placesOf,
  trainingExport,
} from '@/lib/lineage/customer-scene';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { countErased, countTrainedOnErased, findPerson } from '@/lib/lineage/person-queries';
import { findUses } from '@/lib/models/use-queries';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof, toVerdictLines } from '@/lib/proofs/judge';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { proofFolder } from '@/lib/proofs/proof-files';
import { createProof } from '@/lib/proofs/proof-mutations';
import { writeReport } from '@/lib/proofs/report-write';
import { getProofExample, getResult } from '@/lib/proofs/result-queries';
import { verifyReport } from '@/lib/proofs/verify-report';
import { stopQueue } from '@/lib/queue';
import { findItems } from '@/lib/regression-set/item-queries';
import { verifyRowsInDatabase } from '@/lib/releases/verify-database';
import { appSql, ownerSql } from '@/tests/database';
import { plan } from '@/tests/factories-proofs';

let team: CustomerScene['team'];
let strangers: CustomerScene['strangers'];
let releaseId: string;
let modelId: string;
let importId: string;
let closedProof: string;
let openProof: string;
let report: string;
let downloaded: CustomerScene['downloaded'];

beforeAll(async () => {
  ({ team, strangers, releaseId, modelId, importId, closedProof, openProof, report, downloaded } =
    await createCustomerScene());
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

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
      models: [{ name: 'small-run-1' }],
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

  test('is erased from rows and files; release, model, files and verifiers say so', async () => {
    expect((await placesOf('Kranzbühler', strangers.workspace.id)).length).toBeGreaterThan(20);
    const before = await trainingExport(releaseId);
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
    const redone = await trainingExport(releaseId);
    await deliver();
    expect(await trainingExport(releaseId)).toEqual(redone);
    expect(
      await db.auditEvent.count({
        where: { workspaceId: team.workspace.id, action: 'release.files_redone' },
      }),
    ).toBe(1);
    const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
    expect(job).toMatchObject({ state: 'done', errorCode: null });

    expect(await placesOf('Kranzbühler', strangers.workspace.id)).toEqual([]);
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
    await openProofAnswers(team.admin, { proofId: closedProof, endVoting: true });
    for (let position = 0; position < result.parts.reduce((sum, part) => sum + part.rows, 0); )
      expect(
        JSON.stringify(
          await getProofExample(team.admin, { proofId: closedProof, position: position++ }),
        ),
      ).not.toContain(customer);

    const after = await trainingExport(releaseId);
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
    expect((await trainingExport(releaseId)).fileKey).toBe(after.fileKey);
  });

  test('that was erased does not keep their workspace from being erased whole', async () => {
    await appSql('SELECT erase_workspace($1, $2)', [team.workspace.id, team.admin.userId]);
    for (const table of ['RegressionItem', 'RegressionAnswer', 'ModelUse', 'Erasure'])
      expect(
        await ownerSql(`SELECT 1 FROM "${table}" WHERE "workspaceId" = $1`, [team.workspace.id]),
      ).toEqual([]);
  });
});
