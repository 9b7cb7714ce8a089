// What tests of reviews build on top of tests/factories-examples.ts.
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import { addRevision, lockExample } from '@/lib/examples/revision-write';
import type { Viewer } from '@/lib/session';
import { contentOf, createDataset, createExample, createTeam } from '@/tests/factories-examples';

/** A workspace with people and one dataset. */
export async function createDesk(name = 'shop') {
  const team = await createTeam(name);
  const dataset = await createDataset(team.admin);
  return { ...team, datasetId: dataset.id, person: team.addPerson };
}

export type Desk = Awaited<ReturnType<typeof createDesk>>;

/** An example in review, with what a decision about it is bound to. */
export async function createInReview(
  author: Viewer,
  datasetId: string,
  options: { topic?: string | null; reply?: string; coAuthorId?: string; minutesAgo?: number } = {},
) {
  const { minutesAgo, ...rest } = options;
  const example = await createExample(author, datasetId, { ...rest, status: 'in_review' });
  if (minutesAgo !== undefined) {
    await db.example.update({
      where: { id: example.id },
      data: { submittedAt: new Date(Date.now() - minutesAgo * 60_000) },
      select: { id: true },
    });
  }
  return seenNow(datasetId, example.id);
}

/** What a reviewer who opens the example now would decide about, with a fresh decision id. */
export async function seenNow(datasetId: string, exampleId: string) {
  const example = await db.example.findUniqueOrThrow({
    where: { id: exampleId },
    select: { version: true, currentRevisionId: true },
  });
  return {
    decisionId: randomUUID(),
    datasetId,
    exampleId,
    revisionId: example.currentRevisionId ?? '',
    version: example.version,
    briefId: null,
  };
}

/** A person's edit, as the table and the side panel make it. */
export async function edit(viewer: Viewer, exampleId: string, reply: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const example = await lockExample(tx, viewer, exampleId);
    await addRevision(tx, viewer, example, { content: contentOf(reply), origin: 'typed' });
  });
}

export const stateOf = (exampleId: string) =>
  db.example.findUniqueOrThrow({
    where: { id: exampleId },
    select: { status: true, currentRevisionId: true, approvedRevisionId: true, version: true },
  });

export const reviewsOf = (exampleId: string) =>
  db.review.findMany({
    where: { exampleId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, decision: true, revisionId: true, reviewerId: true, withdrawsId: true },
  });
