// Nothing unverified is ever trained on, over random histories of people working at one dataset.
import { createPublicKey, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { retire, submit, takeBack, unretire } from '@/lib/examples/example-moves';
import {
  createExample,
  duplicateExample,
  restoreRevision,
  saveRevision,
} from '@/lib/examples/example-mutations';
import { insertExample } from '@/lib/examples/revision-write';
import { getExport } from '@/lib/exports/export-queries';
import { readSigningKey } from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';
import { filePath } from '@/lib/files';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import { stopQueue } from '@/lib/queue';
import {
  contributed,
  current,
  isVerified,
  lineOf,
  type Seen,
  seenFaults,
  standing,
  type Text,
  type Tracked,
} from '@/lib/releases/history-oracle';
import { createApprovedBrief, freeze, questionOf } from '@/lib/releases/release-fixtures';
import { approve, correctAndPassOn, sendBack } from '@/lib/reviews/review-mutations';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import type { Viewer } from '@/lib/session';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { createModel, plan } from '@/tests/factories-proofs';
import { seenNow } from '@/tests/factories-reviews';
import { isLong } from '@/tests/form';
import { endJob, openJobs } from '@/tests/open-jobs';

/** Histories that run beside each other, each in a dataset of its own: most of their time is waiting. */
const STREAMS = 4;
const HISTORIES_OF_A_STREAM = isLong ? 500 : 75;
const STOCK = 12;

let team: Awaited<ReturnType<typeof createTeam>>;
let people: Viewer[];
let admin: Viewer;
/** How often an example stayed out because it was seen, over all histories. */
let retired = 0;
const key = createPublicKey(readSigningKey(env().SIGNING_KEY ?? ''));

beforeAll(async () => {
  team = await createTeam('bicycles');
  admin = team.admin;
  people = [
    team.writer,
    await team.addPerson('writer'),
    team.reviewer,
    await team.addPerson('reviewer'),
    admin,
  ];
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

type Release = { id: string; held: { example: Tracked; approval: { withdrawn: boolean } }[] };
type History = {
  datasetId: string;
  briefId: string;
  examples: Tracked[];
  releases: Release[];
  splits: Map<string, string>;
  texts: number;
} & Seen;

const contentOf = ({ prompt, reply }: Text) => ({
  messages: [{ role: 'user' as const, content: prompt }],
  reply,
});
const nextText = (history: History, prompt?: string): Text => {
  history.texts += 1;
  return {
    prompt: prompt ?? questionOf(history.texts),
    reply: `Answer ${history.texts} to you.\nWith "quotes", {braces} and ünïcode.`,
  };
};

/** A dataset in which two writers' texts were approved, so that a first release is near. */
async function begin(): Promise<History> {
  const { id: datasetId } = await createDataset(admin);
  const briefId = await createApprovedBrief(admin, people[2] as Viewer, datasetId);
  const history: History = {
    datasetId,
    briefId,
    examples: [],
    releases: [],
    splits: new Map(),
    seen: new Set(),
    spent: new Set(),
    texts: 0,
  };
  await db.$transaction(async (tx) => {
    const reviews = [];
    for (let n = 0; n < STOCK; n += 1) {
      const author = people[n % 2] as Viewer;
      const by = people[2 + (n % 2)] as Viewer;
      const text = nextText(history);
      const made = await insertExample(tx, author, {
        datasetId,
        content: contentOf(text),
        topic: null,
        tags: [],
        groupKey: null,
        origin: 'typed',
        status: 'in_review',
      });
      reviews.push({
        workspaceId: author.workspaceId,
        exampleId: made.id,
        revisionId: made.revisionId,
        revisionAuthorId: author.userId,
        reviewerId: by.userId,
        decision: 'approve' as const,
      });
      const approvals = [{ by: by.userId, withdrawn: false }];
      history.examples.push({
        id: made.id,
        versions: [{ text, author: author.userId, approvals }],
        isRetired: false,
      });
    }
    await tx.review.createMany({ data: reviews });
    await tx.$executeRaw`
      UPDATE "Example" SET "status" = 'approved', "approvedRevisionId" = "currentRevisionId",
        "version" = "version" + 1
      WHERE "datasetId" = ${datasetId}::uuid`;
  });
  return history;
}

const versionOf = async (id: string) =>
  (await db.example.findUniqueOrThrow({ where: { id }, select: { version: true } })).version;

/** One after the other: runs of a workspace are numbered. */
let models: Promise<unknown> = Promise.resolve();
function makeModel(releaseId: string): Promise<string> {
  const made = models.then(() => createModel(team, releaseId));
  models = made.catch(() => undefined);
  return made;
}

type Doing = (history: History, who: Viewer, example: Tracked, n: number) => Promise<void>;
const write = (example: Tracked, text: Text, who: Viewer) =>
  example.versions.push({ text, author: who.userId, approvals: [] });

/** Every action through the real mutations; what follows the call records that it was done. */
const doings = {
  async create(history, who, _, n) {
    const text = nextText(history);
    const groupKey = n % 3 === 0 ? null : `ticket ${n % 4}`;
    const { datasetId } = history;
    const made = await createExample(who, { datasetId, groupKey, ...contentOf(text) });
    history.examples.push({ id: made.row.id, versions: [], isRetired: false });
    write(history.examples.at(-1) as Tracked, text, who);
  },
  async edit(history, who, example, n) {
    const text = nextText(history, n % 2 ? current(example).text.prompt : undefined);
    const version = await versionOf(example.id);
    await saveRevision(who, { id: example.id, version, changes: contentOf(text) });
    write(example, text, who);
  },
  async restore(_, who, example, n) {
    const at = n % example.versions.length;
    const revision = await db.revision.findFirstOrThrow({
      where: { exampleId: example.id, ordinal: at + 1 },
      select: { id: true },
    });
    const text = (example.versions[at] as Tracked['versions'][number]).text;
    const isSame = JSON.stringify(text) === JSON.stringify(current(example).text);
    const version = await versionOf(example.id);
    await restoreRevision(who, { id: example.id, version, revisionId: revision.id });
    if (!isSame) write(example, text, who);
  },
  async duplicate(history, who, example) {
    const { text } = current(example);
    const copy = await duplicateExample(who, { id: example.id });
    history.examples.push({ id: copy.row.id, versions: [], isRetired: false });
    write(history.examples.at(-1) as Tracked, text, who);
  },
  async submit(_, who, { id }) {
    await submit(who, { id, version: await versionOf(id) });
  },
  async takeBack(_, who, { id }) {
    await takeBack(who, { id, version: await versionOf(id) });
  },
  async approve(history, who, example) {
    await approve(who, await seenNow(history.datasetId, example.id));
    expect(who.role, 'a writer approved').not.toBe('writer');
    expect(contributed(example, who.userId), 'somebody approved a text of their own').toBe(false);
    // Asked again for what they already stand for, the app answers with that approval.
    const { approvals } = current(example);
    if (!approvals.some(({ by, withdrawn }) => by === who.userId && !withdrawn))
      approvals.push({ by: who.userId, withdrawn: false });
  },
  async correct(history, who, example) {
    const text = nextText(history, current(example).text.prompt);
    const seen = await seenNow(history.datasetId, example.id);
    await correctAndPassOn(who, { ...seen, content: contentOf(text) });
    write(example, text, who);
  },
  async sendBack(history, who, example) {
    const seen = await seenNow(history.datasetId, example.id);
    await sendBack(who, { ...seen, reason: 'Not yet.' });
  },
  async withdraw(_, who, example) {
    await withdrawApproval(who, { exampleId: example.id, decisionId: randomUUID() });
    // The newest approval, of whichever text it was.
    const newest = example.versions.findLast((version) => version.approvals.length > 0);
    const approval = newest?.approvals.at(-1);
    expect(approval?.withdrawn, 'nothing stood that could be withdrawn').toBe(false);
    if (approval) approval.withdrawn = true;
  },
  async retire(_, who, example) {
    await retire(who, { id: example.id, version: await versionOf(example.id) });
    example.isRetired = true;
  },
  async unretire(_, who, example) {
    await unretire(who, { id: example.id, version: await versionOf(example.id) });
    example.isRetired = false;
  },
  async release(history, who) {
    const id = await freeze(who, history.datasetId, history.briefId);
    expect(who.role, 'somebody below admin made a release').toBe('admin');
    await judge(history, id);
  },
  async prove(history, who, _, n) {
    const release = history.releases[n % Math.max(1, history.releases.length)];
    if (!release) return;
    const { id: planId } = await createPlan(who, plan(release.id, { marginOf100: n % 50 }));
    const modelId = await makeModel(release.id);
    const { id } = await createProof(who, { modelId, planId });
    expect(who.role, 'somebody below admin began a proof').toBe('admin');
    // As if the trainer had answered: nothing of it matters here but that it was.
    await db.proof.update({
      where: { id },
      data: { state: 'open', opponent: 'base', answeredAt: new Date() },
    });
    await endJob((await db.job.findFirstOrThrow({ where: { subjectId: id } })).id);
    const items = await db.proofItem.findMany({ where: { proofId: id } });
    for (const { exampleId } of items) history.seen.add(exampleId);
  },
  async export(history, who, _, n) {
    const release = history.releases[n % Math.max(1, history.releases.length)];
    if (!release) return;
    const withdrawn = release.held.some(({ approval }) => approval.withdrawn);
    await getExport(who, {
      releaseId: release.id,
      format: 'openai-chat',
      split: 'training',
      acceptWithdrawn: false,
    });
    expect(who.role, 'somebody below admin took a training file').toBe('admin');
    expect(withdrawn, 'a withdrawn approval was not asked about').toBe(false);
  },
} satisfies Record<string, Doing>;

/** Compares what a release holds with what the recorded actions allow. */
async function judge(history: History, releaseId: string): Promise<void> {
  const { state } = await db.release.findUniqueOrThrow({ where: { id: releaseId } });
  const files = await db.export.findMany({ where: { releaseId } });
  const verified = new Map(history.examples.filter(isVerified).map((one) => [one.id, one]));
  if (state !== 'frozen') {
    expect(files).toEqual([]);
    return;
  }
  const items = await db.releaseItem.findMany({ where: { releaseId } });
  const leftOut = await db.releaseExclusion.findMany({
    where: { releaseId, reason: { in: ['split_conflict', 'seen_in_proof'] } },
  });
  expect(items.filter((item) => !verified.has(item.exampleId))).toEqual([]);
  expect(items.length + leftOut.length, 'something verified is missing').toBe(verified.size);
  const placed = await db.example.findMany({ where: { datasetId: history.datasetId } });
  expect(seenFaults(history, { items, leftOut, placed })).toEqual([]);
  retired += leftOut.filter(({ reason }) => reason === 'seen_in_proof').length;
  for (const item of items) {
    expect(history.splits.get(item.exampleId) ?? item.split, 'a split moved').toBe(item.split);
    history.splits.set(item.exampleId, item.split);
  }
  expect(files.map((file) => `${file.format} ${file.split}`).sort()).toEqual(
    Object.keys(lineOf)
      .flatMap((format) => [`${format} training`, `${format} validation`])
      .sort(),
  );
  for (const file of files) {
    const line = lineOf[file.format] as (text: Text) => string;
    const allowed = items
      .filter((item) => item.split === file.split)
      .map((item) => line(current(verified.get(item.exampleId) as Tracked).text));
    const bytes = await readFile(filePath(file.fileKey), 'utf8');
    expect(bytes.split('\n').slice(0, -1).sort()).toEqual(allowed.sort());
    for (const item of items.filter((one) => one.split === 'held_out'))
      expect(bytes).not.toContain(
        JSON.stringify(current(verified.get(item.exampleId) as Tracked).text.reply),
      );
    await verify(file);
  }
  history.releases.push({
    id: releaseId,
    held: items.map((item) => {
      const example = verified.get(item.exampleId) as Tracked;
      return { example, approval: standing(example) as { withdrawn: boolean } };
    }),
  });
}

async function verify(file: { fileKey: string; manifestKey: string }): Promise<void> {
  const result = await verifyExport({
    file: filePath(file.fileKey),
    manifest: filePath(file.manifestKey),
    key,
  });
  expect(result).toMatchObject({ faults: [], signature: 'valid' });
}

const names = Object.keys(doings) as (keyof typeof doings)[];
const weights: Partial<Record<keyof typeof doings, number>> = {
  approve: 6,
  submit: 4,
  edit: 4,
  create: 2,
  withdraw: 3,
  correct: 3,
  release: 2,
  prove: 2,
};
type Step = { doing: keyof typeof doings; who: number; on: number; n: number };
const step: fc.Arbitrary<Step> = fc.record({
  doing: fc.oneof(
    ...names.map((name) => ({ arbitrary: fc.constant(name), weight: weights[name] ?? 1 })),
  ),
  who: fc.nat(4),
  on: fc.nat(99),
  n: fc.nat(99),
});

/** A proof of the first release, four fresh examples, each approved once the next is there, and another release. */
const proofAndMore: Step[] = [
  { doing: 'prove', who: 4, on: 0, n: 0 },
  ...Array.from({ length: 5 }, () => [
    { doing: 'create', who: 0, on: 0, n: 0 } as const,
    { doing: 'submit', who: 0, on: 1, n: 0 } as const,
    { doing: 'approve', who: 2, on: 1, n: 0 } as const,
  ]).flat(),
  { doing: 'release', who: 4, on: 0, n: 0 },
];

/** Plays one history; counts what really happened, past what the app refused. */
async function play(steps: Step[], done: Record<string, number>): Promise<void> {
  const history = await begin();
  // Few examples get most of the attention, so that their histories grow long.
  const at = (on: number) =>
    history.examples.at(on % 3 ? -1 - (on % 3) : on % history.examples.length);
  const last = { doing: 'release', who: 4, on: 0, n: 0 } as const;
  const all = [...steps, last, ...(steps.length % 5 === 0 ? proofAndMore : [])];
  for (const { doing, who, on, n } of all) {
    try {
      await doings[doing](history, people[who] as Viewer, at(on) as Tracked, n);
      done[doing] = (done[doing] ?? 0) + 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  for (const { id } of history.releases)
    for (const file of await db.export.findMany({ where: { releaseId: id } })) await verify(file);
}

test('every line of every file is a text that somebody else stands for', async () => {
  const done: Record<string, number> = {};
  let played = 0;
  const stream = () =>
    fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20 }), async (steps) => {
        await play(steps, done);
        played += 1;
      }),
      { numRuns: HISTORIES_OF_A_STREAM, endOnFailure: !isLong },
    );
  await Promise.all(Array.from({ length: STREAMS }, stream));
  expect(played).toBe(STREAMS * HISTORIES_OF_A_STREAM);
  // Nothing was only ever refused: each kind of action was really part of the histories.
  expect(Object.keys(done).sort()).toEqual([...names].sort());
  // Releases and exports are no rare visitors in them.
  expect(await openJobs(team.workspace.id), 'a job was left that takes a place').toEqual([]);
  expect(done.release).toBeGreaterThan(STREAMS * HISTORIES_OF_A_STREAM);
  expect(done.export).toBeGreaterThan(20);
  expect(retired).toBeGreaterThan(0);
}, 3_600_000);
