// Authors of a topic do not vote on it, whichever of their texts it was.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { findOpenItems, lockOpenProof } from '@/lib/proofs/ballot-store';
import { findVoteTasks } from '@/lib/proofs/vote-task-queries';
import { stopQueue } from '@/lib/queue';
import { correctAndPassOn } from '@/lib/reviews/review-mutations';
import type { Viewer } from '@/lib/session';
import {
  approveExample,
  contentOf,
  createDataset,
  createExample,
  createTeam,
} from '@/tests/factories-examples';
import { createOpenProof, createProvable, type Provable } from '@/tests/factories-proofs';
import { seenNow } from '@/tests/factories-reviews';

let team: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
let proofId: string;
/** Wrote what a reviewer corrected; the corrector; and one who wrote nothing of it. */
let early: Viewer;
let corrector: Viewer;

beforeAll(async () => {
  team = await createTeam('bicycles');
  early = await team.addPerson('reviewer', 'early');
  corrector = await team.addPerson('reviewer', 'corrector');
  provable = await createProvable(team, {
    // Which rows are held out is drawn: of so many, all topics are.
    rows: 160,
    topicOf: (number) => ['delivery', 'refund', 'hire'][number % 3] ?? null,
    alsoWrite: async (datasetId) => {
      const { id } = await createExample(early, datasetId, {
        prompt: 'Does the lamp of the red bicycle fit the blue one?',
        topic: 'delivery',
        status: 'in_review',
      });
      await correctAndPassOn(corrector, {
        ...(await seenNow(datasetId, id)),
        content: contentOf('It fits.', 'Does the lamp of the red bicycle fit the blue one?'),
      });
      await approveExample(team.reviewer, id);
    },
  });
  proofId = await createOpenProof(team, provable);
}, 120_000);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const open = (viewer: Viewer) =>
  db.$transaction(async (tx) =>
    findOpenItems(tx, viewer, await lockOpenProof(tx, viewer, proofId)),
  );

/** The frozen topics of the rows that a person may be shown; the list of tasks counts the same. */
async function topicsFor(viewer: Viewer): Promise<string[]> {
  const rows = await open(viewer);
  const [task] = (await findVoteTasks(viewer)).filter((one) => one.proofId === proofId);
  expect(task?.count ?? 0).toBe(rows.length);
  const items = await db.proofItem.findMany({
    where: { proofId, exampleId: { in: rows.map(({ exampleId }) => exampleId) } },
    select: { topic: true },
  });
  return [...new Set(items.map(({ topic }) => topic ?? ''))].sort();
}
const all = ['delivery', 'hire', 'refund'];

describe('a topic is closed to', () => {
  test('nobody who wrote nothing of it', async () => {
    expect(await topicsFor(team.reviewer)).toEqual(all);
    expect(await topicsFor(team.admin)).toEqual(all);
  });

  test('the writer of a revision that a reviewer corrected, and the reviewer', async () => {
    expect(await topicsFor(early)).toEqual(['hire', 'refund']);
    expect(await topicsFor(corrector)).toEqual(['hire', 'refund']);
  });

  test('who wrote an example of it that is not in this release', async () => {
    const late = await team.addPerson('reviewer', 'late');
    await createExample(late, provable.datasetId, { topic: 'refund' });
    expect(await topicsFor(late)).toEqual(['delivery', 'hire']);
  });

  test('a co-author', async () => {
    const agent = await team.addPerson('reviewer', 'agent');
    await createExample(team.writer, provable.datasetId, {
      topic: 'hire',
      coAuthorId: agent.userId,
    });
    expect(await topicsFor(agent)).toEqual(['delivery', 'refund']);
  });
});

test('a text of another dataset, and one in the bin, close nothing', async () => {
  const elsewhere = await team.addPerson('reviewer', 'elsewhere');
  const { id: datasetId } = await createDataset(team.admin);
  await createExample(elsewhere, datasetId, { topic: 'refund' });
  const { id } = await createExample(elsewhere, provable.datasetId, { topic: 'refund' });
  await db.example.update({ where: { id }, data: { binnedAt: new Date() } });
  expect(await topicsFor(elsewhere)).toEqual(all);
});

test('the group of a text is closed, whatever its topic', async () => {
  const friend = await team.addPerson('reviewer', 'friend');
  const item = await db.proofItem.findFirstOrThrow({ where: { proofId } });
  await db.example.update({ where: { id: item.exampleId }, data: { groupKey: 'ticket-7' } });
  await createExample(friend, provable.datasetId, { topic: null, groupKey: 'ticket-7' });
  const rows = await open(friend);
  expect(rows).toHaveLength((await open(team.reviewer)).length - 1);
  expect(rows.map(({ exampleId }) => exampleId)).not.toContain(item.exampleId);
});

describe('when topics move while the vote goes on', () => {
  let mover: Viewer;
  let moved: string;
  beforeAll(async () => {
    mover = await team.addPerson('reviewer', 'mover');
    const item = await db.proofItem.findFirstOrThrow({ where: { proofId, topic: 'hire' } });
    moved = item.exampleId;
  });
  const moveTo = (topic: string | null) =>
    db.example.update({ where: { id: moved }, data: { topic }, select: { id: true } });

  test('the topic that the row had when the proof began counts, and that of today', async () => {
    await createExample(mover, provable.datasetId, { topic: 'hire' });
    await moveTo('delivery');
    expect(await topicsFor(mover)).toEqual(['delivery', 'refund']);
    // Who wrote of the topic that it has today is shown it no more either.
    const ids = (viewer: Viewer) =>
      open(viewer).then((rows) => rows.map(({ exampleId }) => exampleId));
    expect(await ids(early)).not.toContain(moved);
    expect(await ids(team.reviewer)).toContain(moved);
    await moveTo('hire');
    expect(await ids(early)).toContain(moved);
  });

  test('an author of the row stays an author of the topic that it had', async () => {
    const rewriter = await team.addPerson('reviewer', 'rewriter');
    await db.revision.create({
      data: {
        workspaceId: team.workspace.id,
        exampleId: moved,
        ordinal: 2,
        content: contentOf('Yes.'),
        contentHash: 'f'.repeat(64),
        authorId: rewriter.userId,
        origin: 'typed',
        promptText: 'Where is my parcel?',
        replyText: 'Yes.',
      },
      select: { id: true },
    });
    await moveTo(null);
    expect(await topicsFor(rewriter)).toEqual(['delivery', 'refund']);
    await moveTo('hire');
  });
});
