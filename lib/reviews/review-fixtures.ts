import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import type { Content } from '@/lib/examples/content';
import { addRevision, insertExample, lockExample } from '@/lib/examples/revision-write';
import type { Role } from '@/lib/permissions';
import { type Viewer, viewerForJob } from '@/lib/session';

/** What the database tests of this folder share: a workspace with a dataset, people, examples. */
export async function createDesk(name = 'shop') {
  const workspace = await db.workspace.create({
    data: { slug: `${name}-${randomUUID().slice(0, 8)}`, name },
    select: { id: true, slug: true },
  });
  const person = async (role: Role, label: string = role): Promise<Viewer> => {
    const user = await db.user.create({
      data: { email: `${randomUUID()}@example.test`, name: label },
      select: { id: true },
    });
    await db.member.create({
      data: { userId: user.id, workspaceId: workspace.id, role },
      select: { userId: true },
    });
    return viewerForJob({ userId: user.id, workspaceId: workspace.id });
  };
  const admin = await person('admin');
  const dataset = await db.dataset.create({
    data: {
      workspaceId: workspace.id,
      name,
      splitSeed: 'ab'.repeat(32),
      createdById: admin.userId,
    },
    select: { id: true },
  });
  return { workspace, datasetId: dataset.id, admin, person };
}

export type Desk = Awaited<ReturnType<typeof createDesk>>;

export const contentOf = (reply: string, prompt = 'Where is my parcel?'): Content => ({
  messages: [{ role: 'user', content: prompt }],
  reply,
});

/** An example in review, with what a decision about it is bound to. */
export async function createInReview(
  author: Viewer,
  datasetId: string,
  options: { topic?: string | null; reply?: string; coAuthorId?: string; minutesAgo?: number } = {},
) {
  const example = await db.$transaction((tx) =>
    insertExample(tx, author, {
      datasetId,
      content: contentOf(options.reply ?? `Thank you. It is on its way. ${randomUUID()}`),
      topic: options.topic ?? null,
      tags: [],
      groupKey: null,
      origin: 'typed',
      status: 'in_review',
      coAuthorId: options.coAuthorId ?? null,
    }),
  );
  if (options.minutesAgo !== undefined) {
    await db.example.update({
      where: { id: example.id },
      data: { submittedAt: new Date(Date.now() - options.minutesAgo * 60_000) },
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
    orderBy: { createdAt: 'asc' },
    select: { id: true, decision: true, revisionId: true, reviewerId: true, withdrawsId: true },
  });
