// A double click, two tabs, a proxy that tries again: the same request twenty times at once has one
// effect, and everybody gets the same answer. So does whoever asks once more later.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginCurve } from '@/lib/curves/curve-mutations';
import { db, disconnect } from '@/lib/db';
import { createExample } from '@/lib/examples/example-mutations';
import { startImportUndo } from '@/lib/imports/import-mutations';
import { check, importText, makePlace, startCommit, upload } from '@/lib/imports/import-test-kit';
import { openModelAnswers } from '@/lib/proofs/look-mutations';
import { stopQueue } from '@/lib/queue';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { createRelease } from '@/lib/releases/release-mutations';
import { approve, correctAndPassOn, sendBack } from '@/lib/reviews/review-mutations';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import { createRun } from '@/lib/training/run-mutations';
import { markAnswer } from '@/lib/wrong-answers/wrong-answer-mutations';
import { testDatabase } from '@/tests/database';
import { contentOf, createDataset, createTeam } from '@/tests/factories-examples';
import { createAnswers, createProvable } from '@/tests/factories-proofs';
import { createDesk, createInReview, type Desk, seenNow } from '@/tests/factories-reviews';
import { createQuote } from '@/tests/factories-runs';
import { readTables } from '@/tests/faults/snapshot';

const TIMES = 20;
const csv = 'prompt,reply\nWhere is it?,On its way.\nMay I return it?,Of course.\n';

let desk: Desk;
beforeAll(async () => {
  desk = await createDesk();
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** How many rows every table has. */
async function rowCounts(): Promise<Record<string, number>> {
  const tables = await readTables(testDatabase().directUrl);
  return Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.length]));
}

/** What an operation adds to the tables, and what it answers. */
async function added<T>(work: () => Promise<T>) {
  const before = await rowCounts();
  const answer = await work();
  const after = await rowCounts();
  const grown = Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]);
  return { answer, rows: Object.fromEntries(grown.filter(([, more]) => more !== 0)) };
}

type Request = () => Promise<unknown>;

/** Makes fresh circumstances and the one request that is then sent many times. */
const operations: Record<string, () => Promise<Request>> = {
  'making an example': async () => {
    const id = randomUUID();
    const content = contentOf('It is on its way.', `Where is it? ${id}`);
    return () => createExample(desk.writer, { id, datasetId: desk.datasetId, ...content });
  },
  approving: async () => {
    const seen = await createInReview(desk.writer, desk.datasetId);
    return () => approve(desk.reviewer, seen);
  },
  'sending back': async () => {
    const seen = await createInReview(desk.writer, desk.datasetId);
    return () => sendBack(desk.reviewer, { ...seen, reason: 'Shorter.' });
  },
  correcting: async () => {
    const seen = await createInReview(desk.writer, desk.datasetId);
    const content = contentOf(`Corrected ${randomUUID()}`);
    return () => correctAndPassOn(desk.reviewer, { ...seen, content });
  },
  withdrawing: async () => {
    const { exampleId, ...seen } = await createInReview(desk.writer, desk.datasetId);
    await approve(desk.reviewer, { exampleId, ...seen });
    const { decisionId } = await seenNow(desk.datasetId, exampleId);
    return () => withdrawApproval(desk.reviewer, { exampleId, decisionId });
  },
  'committing an import': async () => {
    const place = await makePlace();
    const importId = await upload(place, csv);
    await check(place, importId);
    const { version } = await db.import.findUniqueOrThrow({ where: { id: importId } });
    return () => startCommit(place, importId, 'in_review', version);
  },
  'taking an import back': async () => {
    const place = await makePlace();
    const importId = await importText(place, csv);
    const { version } = await db.import.findUniqueOrThrow({ where: { id: importId } });
    return () => startImportUndo(place.viewer, { importId, version });
  },
  'freezing a release': async () => {
    const team = await createTeam('release');
    const { id: datasetId } = await createDataset(team.admin);
    const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
    return () => createRelease(team.admin, { datasetId, briefId, note: '' });
  },
  'marking an answer as wrong': async () => {
    const team = await createTeam('marks');
    const { modelId } = await createProvable(team, { rows: 12 });
    const [exampleId = ''] = await createAnswers(modelId);
    for (const known of [false, true])
      await openModelAnswers(team.writer, { modelId, known, from: 0, endVoting: false });
    return () => markAnswer(team.writer, { modelId, exampleId, note: 'Too long.' });
  },
  'training on parts of a release': async () => {
    const team = await createTeam('curve');
    const { modelId } = await createProvable(team, { rows: 12 });
    return () => beginCurve(team.admin, modelId);
  },
  'starting a run': async () => {
    const team = await createTeam('run');
    const { id: datasetId } = await createDataset(team.admin);
    const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
    for (let n = 0; n < 12; n += 1)
      await createApproved(team.writer, team.reviewer, datasetId, { prompt: questionOf(n) });
    const releaseId = await freeze(team.admin, datasetId, briefId);
    const quote = await createQuote(team.admin, releaseId);
    const input = { releaseId, quoteId: quote.id, idempotencyKey: randomUUID() };
    return () => createRun(team.admin, { ...input, acceptWithdrawn: false });
  },
};

describe.each(Object.keys(operations))('%s', (name) => {
  test(`${TIMES} times at once and once more later is done once`, async () => {
    const prepare = operations[name] as () => Promise<Request>;
    const single = await prepare();
    const once = await added(single);
    expect(Object.keys(once.rows).length).toBeGreaterThan(0);

    const request = await prepare();
    const many = await added(async () => {
      const answers = await Promise.all(Array.from({ length: TIMES }, request));
      return [...answers, await request()];
    });
    expect(many.rows).toEqual(once.rows);
    for (const answer of many.answer) expect(answer).toEqual(many.answer[0]);
  });
});
