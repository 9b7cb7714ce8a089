// A program walks the whole street over HTTP: file, review, brief, release, run, model, proof, record.
import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { deliver, mappingOf } from '@/lib/imports/import-test-kit';
import { regressionKinds } from '@/lib/regression-set/regression-schema';
import { call, named } from '@/tests/api-client';
import { createScene, type Scene } from '@/tests/authorization-scene';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let shop: Scene;
let rival: Scene;
beforeAll(async () => {
  [shop, rival] = [await createScene('shop'), await createScene('rival')];
});
afterAll(disconnect);

type By = 'writer' | 'reviewer' | 'admin';
type Sent = NonNullable<Parameters<typeof call>[2]>;
/** A call that has to go well: its answer. */
async function ok(by: By, id: string, sent: Sent = {}) {
  const done = await call(named(id), shop[by].apiToken, { key: randomUUID(), ...sent });
  expect(done, id).toMatchObject({ status: named(id).status });
  return done.body;
}

const rows = Array.from(
  { length: 12 },
  (_, n) => `Where is order ${n} of mine?,It is on its way ${n}.,t${n}`,
);
const file = {
  name: 'März mails.csv',
  text: ['question,answer,intent', ...rows, ',no question,t'].join('\n'),
};

test('from a file to a frozen release whose bytes are what the manifest says', async () => {
  const { id: datasetId } = await ok('admin', 'createDataset', {
    body: { name: 'Programs', task: 'Answer mails', systemPrompt: 'You answer mails.' },
  });
  const { id: importId } = await ok('writer', 'uploadImport', { params: { datasetId }, file });
  const params = { datasetId, importId };
  const uploaded = await ok('writer', 'getImport', { params });
  expect(uploaded).toMatchObject({
    fileName: file.name,
    state: 'uploaded',
    reading: { columns: ['question', 'answer', 'intent'] },
  });
  const mapping = { ...uploaded.mapping, prompt: 0, reply: 1, topic: 2, group: 2 };
  const mapped = await ok('writer', 'mapImport', {
    params,
    body: { version: uploaded.version, mapping },
  });
  const dryRun = await ok('writer', 'checkImport', { params, body: mapped });
  await deliver(dryRun.jobId);
  expect(await ok('admin', 'getJob', { params: { jobId: dryRun.jobId } })).toMatchObject({
    state: 'done',
    subjectId: importId,
  });
  const checked = await ok('writer', 'getImport', { params });
  expect(checked).toMatchObject({ state: 'checked', counts: { rows: 13, fresh: 12, bad: 1 } });
  expect(await ok('writer', 'listBadRows', { params })).toMatchObject({
    rows: [{ line: 14, reason: 'empty' }],
    next: null,
  });
  const commit = await ok('writer', 'commitImport', {
    params,
    body: { version: checked.version, target: 'in_review' },
  });
  await deliver(commit.jobId);

  const list = await ok('reviewer', 'listExamples', { params: { datasetId } });
  expect(list.examples).toHaveLength(12);
  for (const { id, version, currentRevisionId } of list.examples) {
    const body = {
      decision: 'approve',
      decisionId: randomUUID(),
      exampleId: id,
      revisionId: currentRevisionId,
      version,
    };
    const decided = await ok('reviewer', 'decide', { params: { datasetId }, body });
    expect(decided).toMatchObject({ exampleId: id, status: 'approved' });
    // The same decision under another key is still that decision.
    expect(await ok('reviewer', 'decide', { params: { datasetId }, body })).toEqual(decided);
  }

  const { content: _, ...brief } = await ok('admin', 'getBrief', { params: { datasetId } });
  const { task, systemPrompt, slots, rules } = brief;
  const saved = await ok('admin', 'saveBrief', {
    params: { datasetId },
    body: {
      baseVersion: brief.version,
      content: { task, systemPrompt, slots, rules, guidelines: 'Be brief.' },
    },
  });
  await ok('reviewer', 'approveBrief', { params: { datasetId }, body: { version: saved.version } });
  // What programs alone decided counts once an admin allows it.
  expect(await ok('admin', 'previewRelease', { params: { datasetId } })).toMatchObject({
    refusal: 'too_few_examples',
    approvedBrief: null,
    tokenBriefVersion: saved.version,
    counts: { excluded: { approved_by_token: 12 } },
  });
  const dataset = await ok('admin', 'getDataset', { params: { datasetId } });
  expect(dataset).toMatchObject({ allowTokenDecisions: false });
  await ok('admin', 'setTokenDecisions', {
    params: { datasetId },
    body: { version: dataset.version, allowed: true },
  });
  const preview = await ok('admin', 'previewRelease', { params: { datasetId } });
  expect(preview).toMatchObject({ refusal: null, approvedBrief: { version: saved.version } });
  const { jobId, number } = await ok('admin', 'createRelease', {
    params: { datasetId },
    body: { briefId: preview.approvedBrief.id },
  });
  await deliver(jobId);
  const release = await ok('admin', 'getRelease', {
    params: { datasetId, number: String(number) },
  });
  expect(release).toMatchObject({ state: 'frozen', counts: preview.counts });
  expect((await ok('writer', 'listReleases', { params: { datasetId } })).releases).toMatchObject([
    { id: release.id, withdrawn: 0 },
  ]);

  const wanted = release.exports.find(
    (one: { format: string; split: string }) =>
      one.format === 'openai-chat' && one.split === 'training',
  );
  const token = shop.admin.apiToken;
  const query = '?format=openai-chat&split=train';
  const place = { params: { releaseId: release.id }, query };
  const taken = await call(named('getExport'), token, place);
  const bytes = Buffer.from(await taken.answer.arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(wanted.sha256);
  expect(taken.headers.get('etag')).toBe(`"${wanted.sha256}"`);
  expect(taken.headers.get('ratelimit')).toMatch(/^"token";r=\d+/);
  const manifest = await call(named('getManifest'), token, place);
  expect(await manifest.answer.text()).toContain(wanted.sha256);

  const record = await ok('admin', 'listRecord', { query: `?subject=${release.id}` });
  expect(record.entries).toMatchObject([
    { action: 'release.frozen', via: 'token' },
    { action: 'release.requested', via: 'token', actorId: shop.admin.id },
  ]);
});

test('an import is taken back over HTTP', async () => {
  const datasetId = await shop.dataset();
  const { id: importId } = await ok('writer', 'uploadImport', { params: { datasetId }, file });
  const params = { datasetId, importId };
  const mapping = mappingOf({ prompt: 0, reply: 1, topic: 2 });
  const { version } = await ok('writer', 'mapImport', { params, body: { version: 1, mapping } });
  await deliver((await ok('writer', 'checkImport', { params, body: { version } })).jobId);
  const checked = await ok('writer', 'getImport', { params });
  const body = { version: checked.version, target: 'draft' };
  await deliver((await ok('writer', 'commitImport', { params, body })).jobId);
  const imported = await ok('writer', 'getImport', { params });
  const undo = { params, body: { version: imported.version } };
  await deliver((await ok('writer', 'undoImport', undo)).jobId);
  expect(await ok('writer', 'getImport', { params })).toMatchObject({
    state: 'undone',
    counts: { undone: { binned: 12, kept: 0 } },
  });
  expect(await db.example.count({ where: { datasetId, binnedAt: null } })).toBe(0);
});

describe('runs', () => {
  test('one run per quote, whatever the key; its stream ends with the token', async () => {
    const params = { releaseId: shop.releaseId };
    const body = { quoteId: await shop.quote() };
    const first = await ok('admin', 'createRun', { params, body });
    expect(await ok('admin', 'createRun', { params, body })).toEqual(first);
    const runId = first.id;
    expect(await ok('writer', 'getRun', { params: { runId } })).toMatchObject({
      id: runId,
      state: 'queued',
      metrics: [],
    });
    const listed = await ok('writer', 'listRuns', { query: `?datasetId=${shop.datasetId}` });
    expect(listed.runs.map(({ id }: { id: string }) => id)).toContain(runId);

    const ended = new AbortController();
    const stream = await call(named('streamRun'), shop.writer.apiToken, {
      params: { runId },
      signal: ended.signal,
    });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.answer.body?.getReader();
    const event = new TextDecoder().decode((await reader?.read())?.value);
    expect(JSON.parse(event.replace(/^data: /, ''))).toMatchObject({ id: runId, state: 'queued' });
    // Another workspace's token follows nothing of it.
    expect(
      await call(named('streamRun'), rival.admin.apiToken, { params: { runId } }),
    ).toMatchObject({ status: 404 });
    ended.abort();

    await ok('admin', 'cancelRun', { params: { runId } });
    await ok('admin', 'cancelRun', { params: { runId } });
    expect(await ok('writer', 'getRun', { params: { runId } })).toMatchObject({
      cancelRequestedAt: expect.any(String),
    });
    expect(
      await db.auditEvent.count({ where: { subjectId: runId, action: 'run.cancel_requested' } }),
    ).toBe(1);
  });
});

test('models and proofs read as the pages show them, and a vote is not a program’s', async () => {
  const modelId = shop.modelId;
  expect((await ok('writer', 'listModels')).models).toMatchObject([{ id: modelId }]);
  expect(await ok('writer', 'getModel', { params: { modelId } })).toMatchObject({
    run: { release: { id: shop.releaseId } },
    isInUse: false,
  });
  expect(await ok('writer', 'getModelRegression', { params: { modelId } })).toMatchObject({
    standing: 'not_asked',
    kinds: regressionKinds.map((kind) => ({ kind, isWorse: false })),
  });
  expect(await ok('writer', 'getModelCurve', { params: { modelId } })).toMatchObject({
    answer: null,
    trainings: [],
    left: 9,
  });
  const asked = await ok('writer', 'askModel', { params: { modelId }, body: { prompt: 'Hello' } });
  expect(await ok('writer', 'getJob', { params: asked })).toMatchObject({
    kind: 'model.ask',
    state: 'queued',
    result: null,
  });

  const proofId = await shop.proof();
  const params = { proofId };
  const { revisionId } = await db.proofItem.findFirstOrThrow({ where: { proofId } });
  const { promptText: prompt } = await db.revision.findUniqueOrThrow({
    where: { id: revisionId ?? '' },
  });
  const asks = { params: { modelId }, body: { prompt }, key: randomUUID() };
  expect(await call(named('askModel'), shop.reviewer.apiToken, asks)).toMatchObject({
    status: 409,
    body: { detail: 'proofs.errors.promptOfProof' },
  });
  expect(await ok('writer', 'getProof', { params })).toMatchObject({ id: proofId, state: 'open' });
  // How the vote stands is kept from who may still vote, also from their programs.
  const hidden = await call(named('getProofResult'), shop.reviewer.apiToken, { params });
  expect(hidden).toMatchObject({ status: 409 });
  expect(await ok('writer', 'getProofResult', { params })).toMatchObject({
    votes: 0,
    parts: [{ part: 'fresh', verdict: { verdict: expect.any(String) } }],
  });
  expect((await ok('writer', 'listProofs')).proofs.map(({ id }: { id: string }) => id)).toContain(
    proofId,
  );
  await ok('admin', 'closeProof', { params });
  const report = await call(named('getProofReport'), shop.writer.apiToken, { params });
  expect((await report.answer.text()).split('\n').length).toBeGreaterThan(3);
  // The answers' texts are no part of what a program reads before a person has voted.
  const said = JSON.stringify(await ok('writer', 'getProofResult', { params }));
  const answers = await db.proofAnswer.findMany({ where: { proofId }, select: { text: true } });
  for (const { text } of answers) if (text) expect(said).not.toContain(text);
  expect(answers.length).toBeGreaterThan(0);
});
