// What tests of examples build: workspaces with people, datasets, examples. Every test makes its own.
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import type { Content } from '@/lib/examples/content';
import { insertExample, type NewExample } from '@/lib/examples/revision-write';
import type { Role } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { createMember, createUser, createWorkspace } from '@/tests/factories';

/** A workspace with one person of each role, and a way to add more. */
export async function createTeam(name = 'shop') {
  const workspace = await createWorkspace({ name });
  const addPerson = async (role: Role, label: string = role): Promise<Viewer> => {
    const user = await createUser({ name: `${label} of ${name}` });
    return (await createMember(workspace, role, user)).viewer;
  };
  return {
    workspace,
    addPerson,
    writer: await addPerson('writer'),
    reviewer: await addPerson('reviewer'),
    admin: await addPerson('admin'),
  };
}

/** A dataset in the viewer's workspace; with rules or slots it also gets a first brief. */
export async function createDataset(
  viewer: Viewer,
  options: { name?: string; rules?: object[]; slots?: string[] } = {},
): Promise<{ id: string }> {
  const dataset = await db.dataset.create({
    data: {
      workspaceId: viewer.workspaceId,
      name: options.name ?? `Mails ${randomUUID().slice(0, 8)}`,
      splitSeed: 'ab'.repeat(32),
      createdById: viewer.userId,
    },
    select: { id: true },
  });
  if (options.rules || options.slots)
    await db.brief.create({
      data: {
        workspaceId: viewer.workspaceId,
        datasetId: dataset.id,
        version: 1,
        task: 'Answer mails',
        systemPrompt: 'You answer mails.',
        guidelines: '',
        slots: options.slots ?? [],
        rules: options.rules ?? [],
        contentHash: '0'.repeat(64),
        authorId: viewer.userId,
      },
      select: { id: true },
    });
  return dataset;
}

export const contentOf = (reply: string, prompt = 'Where is my parcel?'): Content => ({
  messages: [{ role: 'user', content: prompt }],
  reply,
});

/** An example with its first revision. */
export async function createExample(
  viewer: Viewer,
  datasetId: string,
  options: Partial<Omit<NewExample, 'datasetId'>> & { prompt?: string; reply?: string } = {},
): Promise<{ id: string; number: number; revisionId: string }> {
  const { prompt, reply, ...rest } = options;
  return db.$transaction((tx) =>
    insertExample(tx, viewer, {
      datasetId,
      content: contentOf(reply ?? `It is on its way. ${randomUUID()}`, prompt),
      topic: null,
      tags: [],
      groupKey: null,
      origin: 'typed',
      ...rest,
    }),
  );
}

/** An approval as a review makes it, of the current revision of an example in review. */
export async function approveExample(reviewer: Viewer, exampleId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const example = await tx.example.findUniqueOrThrow({
      where: { id: exampleId },
      select: { currentRevisionId: true, authorId: true },
    });
    const revisionId = example.currentRevisionId ?? '';
    await tx.review.create({
      data: {
        workspaceId: reviewer.workspaceId,
        exampleId,
        revisionId,
        revisionAuthorId: example.authorId,
        reviewerId: reviewer.userId,
        decision: 'approve',
        via: reviewer.via,
      },
      select: { id: true },
    });
    await tx.example.update({
      where: { id: exampleId },
      data: { status: 'approved', approvedRevisionId: revisionId, version: { increment: 1 } },
      select: { id: true },
    });
  });
}

const FILLER = 'We thank you for writing and will look into it with care. '.repeat(8);

/** Many plain examples at once, for lists: number n has the prompt "Question n". */
export async function createManyExamples(
  viewer: Viewer,
  datasetId: string,
  count: number,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET CONSTRAINTS ALL DEFERRED`;
    await tx.$executeRaw`
      WITH made AS (
        INSERT INTO "Example" ("id", "workspaceId", "datasetId", "number", "status", "topic", "tags",
          "currentRevisionId", "promptHash", "pairHash", "createdById", "authorId", "updatedAt")
        SELECT uuidv7(), ${viewer.workspaceId}::uuid, ${datasetId}::uuid, d."nextNumber" + n - 1,
          (ARRAY['draft', 'in_review', 'sent_back'])[1 + n % 3]::"ExampleStatus",
          CASE WHEN n % 5 = 0 THEN NULL ELSE 'topic ' || n % 7 END,
          CASE WHEN n % 4 = 0 THEN ARRAY['tag a', 'tag b'] ELSE ARRAY[]::text[] END,
          uuidv7(), md5(n::text), md5(n::text), ${viewer.userId}::uuid, ${viewer.userId}::uuid,
          now() - make_interval(secs => n / 3)
        FROM generate_series(1, ${count}::int) n, "Dataset" d WHERE d."id" = ${datasetId}::uuid
        RETURNING "id", "workspaceId", "currentRevisionId", "number"
      )
      INSERT INTO "Revision" ("id", "workspaceId", "exampleId", "ordinal", "content", "contentHash",
        "authorId", "origin", "promptText", "replyText")
      SELECT "currentRevisionId", "workspaceId", "id", 1,
        jsonb_build_object('messages', jsonb_build_array(jsonb_build_object('role', 'user', 'content', 'Question ' || "number")),
          'reply', 'Answer ' || "number" || '. ' || ${FILLER}::text),
        md5("number"::text), ${viewer.userId}::uuid, 'typed', 'Question ' || "number",
        'Answer ' || "number" || '. ' || ${FILLER}::text
      FROM made`;
    await tx.dataset.update({
      where: { id: datasetId },
      data: { nextNumber: { increment: count } },
      select: { id: true },
    });
  });
}
