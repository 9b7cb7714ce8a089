import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import type { PlacementCandidate } from '@/lib/releases/placement-groups';
import type { ExclusionReason, Split } from '@/lib/releases/release-schema';

export type ReleaseCandidate = PlacementCandidate & {
  number: number;
  revisionId: string;
  reviewId: string | null;
  briefId: string | null;
  replyText: string;
  /** Stays out only because its approval came by access token, which the dataset does not count. */
  isByToken: boolean;
};

/**
 * The examples that a release may hold (approved by somebody else, no open blocker), those whose
 * approval by access token the dataset does not count, and those that an earlier one placed, in the
 * order of their numbers. One moment, where `tx` holds them and the dataset.
 */
export async function loadCandidates(tx: Tx, datasetId: string): Promise<ReleaseCandidate[]> {
  const rows = await tx.$queryRaw<ReleaseCandidate[]>(Prisma.sql`
    SELECT e."id", e."number", e."groupKey", e."derivedFromId", e."split"::text AS "split",
           r."id" AS "revisionId", r."promptText", r."replyText",
           approval."id" AS "reviewId", approval."briefId",
           e."spentAt" IS NOT NULL AS "isSpent", seen."at" AS "seenAt",
           fit."isApproved" AND fit."isByToken" AS "isByToken",
           fit."isApproved" AND NOT fit."isByToken" AS "eligible"
    FROM "Example" e
    JOIN "Dataset" d ON d."id" = e."datasetId"
    JOIN "Revision" r ON r."id" = e."currentRevisionId"
    LEFT JOIN LATERAL (
      SELECT v."id", v."briefId", v."via" FROM "Review" v
      WHERE v."revisionId" = e."approvedRevisionId" AND v."decision" = 'approve'
        AND NOT EXISTS (SELECT 1 FROM "Review" w WHERE w."withdrawsId" = v."id")
      ORDER BY v."id" DESC LIMIT 1) approval ON true
    CROSS JOIN LATERAL (
      SELECT e."status" = 'approved' AND e."binnedAt" IS NULL AND approval."id" IS NOT NULL AND NOT EXISTS (
               SELECT 1 FROM "Finding" f
               WHERE f."exampleId" = e."id" AND f."severity" = 'blocker' AND f."state" = 'open') AS "isApproved",
             coalesce(approval."via" = 'token' AND NOT d."allowTokenDecisions", false) AS "isByToken") fit
    LEFT JOIN (
      SELECT i."exampleId", min(p."answeredAt") AS "at" FROM "ProofItem" i
      JOIN "Proof" p ON p."id" = i."proofId" JOIN "Release" rel ON rel."id" = p."releaseId"
      WHERE rel."datasetId" = ${datasetId}::uuid GROUP BY 1) seen ON seen."exampleId" = e."id"
    WHERE e."datasetId" = ${datasetId}::uuid
      AND ((e."status" = 'approved' AND e."binnedAt" IS NULL) OR e."split" IS NOT NULL)
    ORDER BY e."number"`);
  return rows.map((row) => ({ ...row, split: row.split as Split | null }));
}

/** The examples outside the bin that a release leaves out, with the reason. */
export async function loadExclusions(
  tx: Tx,
  datasetId: string,
  plan: {
    conflicts: ReadonlySet<string>;
    seen: { out: ReadonlySet<string> };
    byToken: ReadonlySet<string>;
  },
): Promise<{ exampleId: string; reason: ExclusionReason }[]> {
  const rows = await tx.$queryRaw<{ exampleId: string; reason: ExclusionReason }[]>(Prisma.sql`
    SELECT e."id" AS "exampleId",
           CASE WHEN e."status" = 'approved' THEN 'blocker' ELSE e."status"::text END AS "reason"
    FROM "Example" e
    WHERE e."datasetId" = ${datasetId}::uuid AND e."binnedAt" IS NULL
      AND (e."status" <> 'approved' OR EXISTS (
        SELECT 1 FROM "Finding" f
        WHERE f."exampleId" = e."id" AND f."severity" = 'blocker' AND f."state" = 'open'))
    ORDER BY e."number"`);
  return [
    ...rows,
    ...[...plan.conflicts].map((exampleId) => ({ exampleId, reason: 'split_conflict' as const })),
    ...[...plan.seen.out].map((exampleId) => ({ exampleId, reason: 'seen_in_proof' as const })),
    ...[...plan.byToken].map((exampleId) => ({ exampleId, reason: 'approved_by_token' as const })),
  ];
}
