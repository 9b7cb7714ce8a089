import 'server-only';
import { db } from '@/lib/db';
import { contentSchema } from '@/lib/examples/content';
import { contentHash } from '@/lib/examples/content-hash';
import type { ManifestHeader, ManifestRow } from '@/lib/exports/manifest';

export type DatabaseFindings = { faults: string[]; warnings: string[] };

type StoredRow = {
  revisionId: string;
  exampleId: string;
  content: unknown;
  authorId: string;
  coAuthorId: string | null;
  reviewId: string;
  reviewerId: string;
  decision: string;
  reviewedAt: Date;
  withdrawnAt: Date | null;
};

/**
 * Compares rows of a manifest with the database, as of the freeze: the revision's text has the
 * hash, somebody else approved exactly it before the freeze and had not withdrawn it by then.
 * Later withdrawals are warnings.
 */
export async function verifyRowsInDatabase(
  header: ManifestHeader,
  rows: readonly ManifestRow[],
): Promise<DatabaseFindings> {
  const stored = await db.$queryRaw<StoredRow[]>`
    SELECT r."id" AS "revisionId", r."exampleId", r."content", r."authorId", r."coAuthorId", v."id" AS "reviewId",
           v."reviewerId", v."decision"::text AS "decision", v."createdAt" AS "reviewedAt", w."createdAt" AS "withdrawnAt"
    FROM "ReleaseItem" i
    JOIN "Revision" r ON r."id" = i."revisionId"
    JOIN "Review" v ON v."id" = i."reviewId"
    LEFT JOIN "Review" w ON w."withdrawsId" = v."id"
    WHERE i."releaseId" = ${header.releaseId}::uuid AND i."revisionId" = ANY(${rows.map((row) => row.revisionId)}::uuid[])`;
  const byRevision = new Map(stored.map((row) => [row.revisionId, row]));
  const erased = await findErased(header.releaseId, rows);
  const findings: DatabaseFindings = { faults: [], warnings: [] };
  const frozenAt = new Date(header.frozenAt);
  for (const row of rows) {
    const found = byRevision.get(row.revisionId);
    const erasedAt = found ? undefined : erased.get(row.revisionId);
    if (erasedAt) {
      findings.warnings.push(
        `row ${row.row} (example ${row.number}): erased from the database on ${erasedAt.toISOString()}; this file still holds it`,
      );
      continue;
    }
    const message = compare(row, found, frozenAt);
    if (message) findings.faults.push(`row ${row.row} (example ${row.number}): ${message}`);
    else if (found?.withdrawnAt) {
      findings.warnings.push(
        `row ${row.row} (example ${row.number}): the approval was withdrawn on ${found.withdrawnAt.toISOString()}`,
      );
    }
  }
  return findings;
}

/** When revisions of a release were erased on request. */
async function findErased(releaseId: string, rows: readonly ManifestRow[]) {
  const items = await db.erasedItem.findMany({
    where: { releaseId, revisionId: { in: rows.map((row) => row.revisionId) } },
    select: { revisionId: true, erasure: { select: { createdAt: true } } },
  });
  return new Map(items.map((item) => [item.revisionId, item.erasure.createdAt]));
}

function compare(row: ManifestRow, found: StoredRow | undefined, frozenAt: Date): string | null {
  if (!found) return 'the release in the database does not hold this revision';
  if (found.exampleId !== row.exampleId) return 'the revision belongs to another example';
  const content = contentSchema.safeParse(found.content);
  if (!content.success || contentHash(content.data) !== row.contentHash)
    return 'the stored text has another hash';
  if (found.reviewId !== row.reviewId || found.decision !== 'approve')
    return 'the approval is not in the database';
  if (found.reviewerId !== row.reviewerId || found.authorId !== row.authorId)
    return 'people differ from the database';
  if (found.reviewerId === found.authorId || found.reviewerId === found.coAuthorId)
    return 'approved by its own author';
  if (found.reviewedAt.toISOString() !== row.reviewedAt || found.reviewedAt > frozenAt)
    return 'the time of approval differs';
  if (found.withdrawnAt && found.withdrawnAt <= frozenAt)
    return 'the approval was withdrawn before the freeze';
  return null;
}
