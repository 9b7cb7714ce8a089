import { randomUUID } from 'node:crypto';
import { type AuditEntry, recordAudit } from '@/lib/audit/audit-mutations';
import type { BriefForChecks } from '@/lib/checks/check-content';
import { checkExample } from '@/lib/checks/check-example';
import { db, type Prisma, type Tx } from '@/lib/db';
import { type Content, contentSchema } from '@/lib/examples/content';
import { contentHash, duplicateKeys } from '@/lib/examples/content-hash';
import { takeNumbers } from '@/lib/examples/revision-write';
import type { Viewer } from '@/lib/session';
import type { SeedPeople } from './seed-people';
import type { SampleExample } from './shop/ticket';

type Place = { datasetId: string; briefId: string; brief: BriefForChecks };

type Row = {
  id: string;
  revisionId: string;
  number: number;
  sample: SampleExample;
  content: Content;
  author: Viewer;
  /** Who decides: never the author. */
  reviewer: Viewer;
};

/**
 * Stores examples a table at a time, in one transaction: some hundred of them in a second. They
 * go the way of all examples: written, in review, decided by another person; the database's own
 * guards look at every row.
 */
export async function seedExamples(
  people: SeedPeople,
  place: Place,
  samples: readonly SampleExample[],
): Promise<void> {
  await db.$transaction(
    async (tx) => {
      const rows = await toRows(tx, people, place, samples);
      await insertExamples(tx, place, rows);
      await insertFindings(tx, place, rows);
      await decide(tx, place, rows);
      await retire(tx, rows);
      await record(tx, people, rows);
    },
    { timeout: 60_000 },
  );
}

async function toRows(
  tx: Tx,
  people: SeedPeople,
  { datasetId }: Place,
  samples: readonly SampleExample[],
): Promise<Row[]> {
  const first = await takeNumbers(tx, people.admin, datasetId, samples.length);
  const ids = await tx.$queryRaw<{ id: string; revisionId: string }[]>`
    SELECT uuidv7() AS "id", uuidv7() AS "revisionId" FROM generate_series(1, ${samples.length}::int)`;
  return ids.map((made, index) => {
    const sample = samples[index] as SampleExample;
    return {
      ...made,
      number: first + index,
      sample,
      content: contentSchema.parse({
        messages: [{ role: 'user', content: sample.prompt }],
        reply: sample.reply,
      }),
      author: people[sample.author],
      reviewer: people[sample.author === 'reviewer' ? 'admin' : 'reviewer'],
    };
  });
}

const wasSubmitted = ({ sample }: Row) => sample.state !== 'draft' && sample.state !== 'retired';

async function insertExamples(tx: Tx, { datasetId }: Place, rows: Row[]): Promise<void> {
  await tx.example.createMany({
    data: rows.map((row) => ({
      id: row.id,
      workspaceId: row.author.workspaceId,
      datasetId,
      number: row.number,
      status: wasSubmitted(row) ? ('in_review' as const) : ('draft' as const),
      topic: row.sample.topic,
      tags: row.sample.tags ?? [],
      groupKey: row.sample.group,
      source: 'typed' as const,
      currentRevisionId: row.revisionId,
      createdById: row.author.userId,
      authorId: row.author.userId,
      submittedAt: wasSubmitted(row) ? new Date() : null,
      ...duplicateKeys(row.content),
    })),
  });
  await tx.revision.createMany({
    data: rows.map((row) => ({
      id: row.revisionId,
      workspaceId: row.author.workspaceId,
      exampleId: row.id,
      ordinal: 1,
      content: row.content,
      contentHash: contentHash(row.content),
      authorId: row.author.userId,
      origin: 'typed' as const,
      promptText: row.sample.prompt,
      replyText: row.sample.reply,
    })),
  });
}

async function insertFindings(tx: Tx, { datasetId, brief }: Place, rows: Row[]): Promise<void> {
  await tx.finding.createMany({
    data: rows.flatMap((row) =>
      checkExample(brief, row.content).map((finding) => ({
        ...finding,
        detail: finding.detail as Prisma.InputJsonObject,
        workspaceId: row.author.workspaceId,
        datasetId,
        exampleId: row.id,
        revisionId: row.revisionId,
      })),
    ),
  });
}

const decisionOf = { approved: 'approve', sent_back: 'send_back' } as const;

async function decide(tx: Tx, { briefId }: Place, rows: Row[]): Promise<void> {
  for (const state of ['approved', 'sent_back'] as const) {
    const decided = rows.filter(({ sample }) => sample.state === state);
    await tx.review.createMany({
      data: decided.map((row) => ({
        id: randomUUID(),
        workspaceId: row.reviewer.workspaceId,
        exampleId: row.id,
        revisionId: row.revisionId,
        revisionAuthorId: row.author.userId,
        reviewerId: row.reviewer.userId,
        decision: decisionOf[state],
        reason: row.sample.reason ?? null,
        briefId,
        via: row.reviewer.via,
      })),
    });
    await tx.$executeRaw`
      UPDATE "Example" SET "status" = ${state}::"ExampleStatus", "version" = "version" + 1,
        "approvedRevisionId" = CASE WHEN ${state} = 'approved' THEN "currentRevisionId" END
      WHERE "id" = ANY(${decided.map(({ id }) => id)}::uuid[])`;
  }
}

async function retire(tx: Tx, rows: Row[]): Promise<void> {
  const retired = rows.filter(({ sample }) => sample.state === 'retired').map(({ id }) => id);
  await tx.example.updateMany({
    where: { id: { in: retired } },
    data: { status: 'retired', statusBeforeRetire: 'draft', version: { increment: 1 } },
  });
}

/** The same entries, by the same people, as if each example had been written and decided alone. */
async function record(tx: Tx, people: SeedPeople, rows: Row[]): Promise<void> {
  for (const person of Object.values(people)) {
    const entries = rows.flatMap((row): AuditEntry[] => [
      ...(row.author === person ? [entry(row, 'example.created')] : []),
      ...(row.author === person && wasSubmitted(row) ? [entry(row, 'example.submitted')] : []),
      ...(row.reviewer === person && row.sample.state === 'approved'
        ? [entry(row, 'review.approved')]
        : []),
      ...(row.reviewer === person && row.sample.state === 'sent_back'
        ? [entry(row, 'review.sent_back')]
        : []),
      ...(row.reviewer === person && row.sample.state === 'retired'
        ? [entry(row, 'example.retired')]
        : []),
    ]);
    if (entries.length > 0) await recordAudit(tx, person, ...entries);
  }
}

const entry = (row: Row, action: AuditEntry['action']): AuditEntry => ({
  action,
  subjectType: 'example',
  subjectId: row.id,
  data: { revisionId: row.revisionId, number: row.number },
});
