// The web server is killed at random moments under people who write. What they were told is so.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { contentSchema, promptText } from '@/lib/examples/content';
import { contentHash } from '@/lib/examples/content-hash';
import { stopQueue } from '@/lib/queue';
import { createMember, createSession } from '@/tests/factories';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { webServer } from '@/tests/faults/web-server';
import {
  actAsBrowsers,
  createWriter,
  strange,
  type Told,
  type Writer,
} from '@/tests/faults/writers';
import { keepFigures } from '@/tests/figures';
import { isLong } from '@/tests/form';

const KILLS = isLong ? 1_000 : 25;
const WRITERS = 5;
/** Longest life of a server after its first answer to a writer, in milliseconds. */
const LIFE_MS = 600;

let server: Awaited<ReturnType<typeof webServer>>;
let endBrowsers: () => void;

beforeAll(async () => {
  server = await webServer();
  endBrowsers = actAsBrowsers();
});
afterAll(async () => {
  endBrowsers();
  await server.kill();
  await stopQueue(0);
  await disconnect();
});

async function hireWriters(): Promise<{ writers: Writer[]; own: string[]; datasetId: string }> {
  const team = await createTeam('kills');
  const { id: datasetId } = await createDataset(team.admin);
  const make = async () => (await createExample(team.writer, datasetId)).id;
  const shared = [await make(), await make(), await make()];
  const own = [];
  const writers = [];
  for (let n = 0; n < WRITERS; n += 1) {
    const person = await createMember(team.workspace, 'writer');
    const { token } = await createSession(person);
    own.push(await make());
    const session = { url: server.url, token, workspace: team.workspace.slug, datasetId };
    writers.push(createWriter(`Writer ${n}`, session, { own: own[n] ?? '', shared }));
  }
  return { writers, own, datasetId };
}

const revisionsOf = (datasetId: string) =>
  db.revision.findMany({
    where: { example: { datasetId } },
    orderBy: [{ exampleId: 'asc' }, { ordinal: 'asc' }],
  });
type Revision = Awaited<ReturnType<typeof revisionsOf>>[number];

/** Every text of the history is whole: content, hash and plain text say the same. */
function assertWhole(revisions: Revision[]): void {
  for (const revision of revisions) {
    const content = contentSchema.parse(revision.content);
    expect(revision.contentHash).toBe(contentHash(content));
    expect(revision.replyText).toBe(content.reply);
    expect(revision.promptText).toBe(promptText(content));
  }
}

/** Every example stands at its newest revision, and no number of its history is missing. */
async function assertInOrder(datasetId: string, revisions: Revision[]): Promise<void> {
  const examples = await db.example.findMany({ where: { datasetId }, orderBy: { number: 'asc' } });
  for (const example of examples) {
    const own = revisions.filter((revision) => revision.exampleId === example.id);
    expect(own.map((revision) => revision.ordinal)).toEqual(own.map((_, at) => at + 1));
    expect(example.currentRevisionId).toBe(own.at(-1)?.id);
  }
  expect(examples.map((example) => example.number)).toEqual(examples.map((_, at) => at + 1));
}

/** What was saved is there once; what was refused is there once or not at all, never twice. */
function assertAsTold(told: Told[], revisions: Revision[]): void {
  const times = new Map<string, number>();
  for (const { exampleId, replyText } of revisions) {
    const key = `${exampleId} ${replyText}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  const count = ({ exampleId, reply }: Told) => times.get(`${exampleId} ${reply}`) ?? 0;
  expect(told.filter((one) => one.answer === 'saved' && count(one) !== 1)).toEqual([]);
  expect(told.filter((one) => count(one) > 1)).toEqual([]);
}

/** Each revision that a person made is in the record once, and nothing else is. */
async function assertRecorded(datasetId: string, revisions: Revision[]): Promise<void> {
  const typed = revisions.filter((revision) => / text \d+$/.test(revision.replyText));
  const ids = new Set(revisions.map((revision) => revision.exampleId));
  const entries = await db.auditEvent.findMany({
    where: { subjectType: 'example', subjectId: { in: [...ids] } },
    select: { data: true },
  });
  const recorded = entries.map(({ data }) => (data as { revisionId?: string }).revisionId);
  expect(recorded.sort()).toEqual(typed.map((revision) => revision.id).sort());
  expect(await db.example.count({ where: { datasetId } })).toBe(ids.size);
}

test('what a person was told is so, whenever the web server is killed', async () => {
  const { writers, own, datasetId } = await hireWriters();
  await server.start();
  let over = false;
  const working = Promise.all(writers.map((writer) => writer.work(() => over)));
  const answers = () => writers.reduce((sum, writer) => sum + writer.told.length, 0);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const before = answers();
    while (answers() === before) await Promise.race([sleep(10), working]);
    await sleep(Math.random() * LIFE_MS);
    await server.kill();
    await server.start();
  }
  over = true;
  await working;

  const told = writers.flatMap((writer) => writer.told);
  const revisions = await revisionsOf(datasetId);
  expect({ strange, refusals: writers.flatMap((writer) => writer.refusals) }).toEqual({
    strange: [],
    refusals: [],
  });
  assertWhole(revisions);
  await assertInOrder(datasetId, revisions);
  assertAsTold(told, revisions);
  await assertRecorded(datasetId, revisions);
  // On an example of one's own, a repeated request never meets a conflict with itself.
  expect(told.filter((one) => one.answer === 'conflict' && own.includes(one.exampleId))).toEqual(
    [],
  );
  const made = writers.flatMap((writer) => writer.made);
  expect(await db.example.count({ where: { id: { in: made } } })).toBe(made.length);
  expect(told.length).toBeGreaterThan(KILLS);
  keepFigures('kills-web', { kills: KILLS, answers: told.length, revisions: revisions.length });
}, 7_200_000);
