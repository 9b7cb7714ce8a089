import 'server-only';
import { db, Prisma, type Tx } from '@/lib/db';
import { assertCan } from '@/lib/permissions';
import { LEASE_MINUTES } from '@/lib/reviews/review-rules';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { mayApprove, queueWhere } from '@/lib/reviews/review-where';
import type { Viewer } from '@/lib/session';

/** Tries per example: each loses only to another reviewer who took that very one. */
const MAX_TRIES = 20;

export type ClaimInput = QueueFilter & {
  datasetId: string;
  /** Where topics are mixed: the topic of the example before ('' = without one), or null. */
  after: string | null;
  /** Examples not to hand out: those in hand and those skipped. */
  skip: string[];
  /** Only this example, wherever in the queue it stands. */
  only?: string;
};

/**
 * Leases the next example of the queue to the viewer for ten minutes by the database's clock, or
 * answers null where nothing waits that they may approve. Own live leases are handed out again
 * (a reload), expired ones of others are taken over. Two reviewers never hold the same one.
 */
export async function claimNext(
  viewer: Viewer,
  input: ClaimInput,
): Promise<{ exampleId: string; topic: string | null } | null> {
  assertCan(viewer, 'review:decide');
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await db.$transaction((tx) => tryClaim(tx, viewer, input));
    if (outcome !== 'lost') return outcome;
  }
  return null;
}

/** Leases up to `count` examples in the order of the queue, so that the next is there early. */
export async function claimMany(
  viewer: Viewer,
  input: ClaimInput & { count: number },
): Promise<string[]> {
  const claimed: string[] = [];
  let after = input.after;
  while (claimed.length < input.count) {
    const next = await claimNext(viewer, { ...input, after, skip: [...input.skip, ...claimed] });
    if (!next) break;
    claimed.push(next.exampleId);
    after = next.topic ?? '';
  }
  return claimed;
}

type Claimed = { exampleId: string; topic: string | null };

/** Mixed: the topics take turns in the order of their names, going round; within each, oldest first. */
async function tryClaim(
  tx: Tx,
  viewer: Viewer,
  input: ClaimInput,
): Promise<Claimed | 'lost' | null> {
  if (input.order !== 'mixed' || input.topic !== null || input.only)
    return claimOldest(tx, viewer, input);
  const topics = await tx.$queryRaw<{ topic: string }[]>`
    SELECT topic FROM (SELECT DISTINCT coalesce(e."topic", '') COLLATE "C" AS topic
      FROM "Example" e WHERE ${queueWhere(viewer, input)}) AS waiting
    ORDER BY (topic > ${input.after ?? ''}) DESC, topic`;
  for (const { topic } of topics) {
    const outcome = await claimOldest(tx, viewer, { ...input, topic });
    if (outcome) return outcome;
  }
  return null;
}

async function claimOldest(
  tx: Tx,
  viewer: Viewer,
  input: ClaimInput,
): Promise<Claimed | 'lost' | null> {
  const [example] = await tx.$queryRaw<{ id: string; topic: string | null }[]>`
    SELECT e."id", e."topic" FROM "Example" e
    WHERE ${queueWhere(viewer, input)}
      AND ${input.only ? Prisma.sql`e."id" = ${input.only}::uuid` : Prisma.sql`TRUE`}
      AND NOT (e."id" = ANY(${input.skip}::uuid[]))
      AND NOT EXISTS (SELECT 1 FROM "Claim" c WHERE c."exampleId" = e."id"
        AND c."reviewerId" <> ${viewer.userId}::uuid AND c."expiresAt" > clock_timestamp())
      AND ${mayApprove(viewer.userId)}
    ORDER BY e."submittedAt", e."number"
    LIMIT 1
    FOR NO KEY UPDATE OF e SKIP LOCKED`;
  if (!example) return null;
  // The lock may have been free only because another reviewer has just committed their lease.
  const taken = await tx.$executeRaw`
    INSERT INTO "Claim" ("exampleId", "workspaceId", "datasetId", "reviewerId", "createdAt", "expiresAt")
    VALUES (${example.id}::uuid, ${viewer.workspaceId}::uuid, ${input.datasetId}::uuid, ${viewer.userId}::uuid,
      clock_timestamp(), clock_timestamp() + make_interval(mins => ${LEASE_MINUTES}::int))
    ON CONFLICT ("exampleId") DO UPDATE
      SET "reviewerId" = excluded."reviewerId", "createdAt" = excluded."createdAt", "expiresAt" = excluded."expiresAt"
      WHERE "Claim"."reviewerId" = excluded."reviewerId" OR "Claim"."expiresAt" <= clock_timestamp()`;
  return taken === 1 ? { exampleId: example.id, topic: example.topic } : 'lost';
}

/**
 * Renews the viewer's leases for another ten minutes, expired ones too while nobody took them
 * over. Answers which are still theirs.
 */
export async function renewClaims(
  viewer: Viewer,
  input: { datasetId: string; exampleIds: string[] },
): Promise<string[]> {
  assertCan(viewer, 'review:decide');
  const rows = await db.$queryRaw<{ id: string }[]>`
    UPDATE "Claim" SET "expiresAt" = clock_timestamp() + make_interval(mins => ${LEASE_MINUTES}::int)
    WHERE "exampleId" = ANY(${input.exampleIds}::uuid[]) AND "reviewerId" = ${viewer.userId}::uuid
      AND "workspaceId" = ${viewer.workspaceId}::uuid AND "datasetId" = ${input.datasetId}::uuid
    RETURNING "exampleId" AS id`;
  return rows.map((row) => row.id);
}

/** Gives leases of the viewer back, so that others get these examples at once. */
export async function releaseClaims(
  viewer: Viewer,
  input: { datasetId: string; exampleIds: string[] },
): Promise<void> {
  assertCan(viewer, 'review:decide');
  await db.claim.deleteMany({
    where: {
      exampleId: { in: input.exampleIds },
      reviewerId: viewer.userId,
      workspaceId: viewer.workspaceId,
      datasetId: input.datasetId,
    },
  });
}
