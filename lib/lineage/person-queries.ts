import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, Prisma, type Tx } from '@/lib/db';
import {
  type EraseJobInput,
  type ErasureCounts,
  personSearchSchema,
} from '@/lib/lineage/person-schema';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Examples that a search shows; the counts are of all. */
const SHOWN = 100;

/** The text as it is looked for: anywhere, whatever its case; its own % and _ mean themselves. */
const toPattern = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The text inside JSON, where quotes and line feeds are escaped. */
const toJsonPattern = (text: string) => toPattern(JSON.stringify(text).slice(1, -1));

type Search = { workspaceId: string; pattern: string; jsonPattern: string };

const toSearch = (viewer: Viewer, text: string): Search => ({
  workspaceId: viewer.workspaceId,
  pattern: toPattern(text),
  jsonPattern: toJsonPattern(text),
});

/** Ids of the examples that hold the text in any revision, draft, group, tag, reason or answer's prompt. */
async function findExampleIds(tx: Tx, search: Search): Promise<string[]> {
  const { workspaceId, pattern, jsonPattern } = search;
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "exampleId" AS "id" FROM "Revision" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ("promptText" ILIKE ${pattern} OR "replyText" ILIKE ${pattern})
    UNION SELECT "exampleId" FROM "Revision" WHERE "workspaceId" = ${workspaceId}::uuid
      AND "content" ? 'system' AND "content"->>'system' ILIKE ${pattern}
    UNION SELECT "id" FROM "Example" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ("groupKey" ILIKE ${pattern} OR "topic" ILIKE ${pattern} OR array_to_string("tags", ' ') ILIKE ${pattern})
    UNION SELECT "exampleId" FROM "WorkingCopy" WHERE "workspaceId" = ${workspaceId}::uuid
      AND "content"::text ILIKE ${jsonPattern}
    UNION SELECT "exampleId" FROM "Review" WHERE "workspaceId" = ${workspaceId}::uuid AND "reason" ILIKE ${pattern}
    UNION SELECT "exampleId" FROM "Finding" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ("dismissReason" ILIKE ${pattern} OR "detail"::text ILIKE ${jsonPattern})
    ORDER BY 1`;
  return rows.map(({ id }) => id);
}

type ProofTouched = Pick<EraseJobInput, 'proofAnswers' | 'proofVotes' | 'proofItems'>;

/**
 * What proofs hold of the text and of the examples: their rows, every answer about them or taken
 * from them, and what voters wrote.
 */
async function findInProofs(
  tx: Tx,
  search: Search,
  exampleIds: readonly string[],
): Promise<ProofTouched> {
  const { workspaceId, pattern } = search;
  const proofAnswers = await tx.$queryRaw<ProofTouched['proofAnswers']>`
    SELECT a."proofId", a."exampleId", a."arm"::text AS "arm" FROM "ProofAnswer" a JOIN "Proof" p ON p."id" = a."proofId"
    WHERE p."workspaceId" = ${workspaceId}::uuid AND a."erasureId" IS NULL
      AND (a."text" ILIKE ${pattern} OR a."error" ILIKE ${pattern} OR a."exampleId" = ANY(${exampleIds}::uuid[])
        OR (a."arm" = 'nearest' AND a."sources" && ${exampleIds}::uuid[]))
    ORDER BY 1, 2, 3`;
  const proofVotes = await tx.$queryRaw<ProofTouched['proofVotes']>`
    SELECT v."proofId", v."id" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
    WHERE v."workspaceId" = ${workspaceId}::uuid AND v."reason" IS NOT NULL
      AND (v."reason" ILIKE ${pattern} OR b."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY 1, 2`;
  const proofItems = await tx.$queryRaw<ProofTouched['proofItems']>`
    SELECT i."proofId", i."exampleId" FROM "ProofItem" i JOIN "Proof" p ON p."id" = i."proofId"
    WHERE p."workspaceId" = ${workspaceId}::uuid AND i."erasureId" IS NULL
      AND (i."topic" ILIKE ${pattern} OR i."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY 1, 2`;
  return { proofAnswers, proofVotes, proofItems };
}

type RegressionTouched = Pick<
  EraseJobInput,
  'regressionAnswers' | 'regressionItemIds' | 'modelUseIds'
>;

/**
 * What the regression set holds of the text: items of the workspace's own, with every answer to
 * them, what models said, and why one was put in use.
 */
async function findInRegressionSet(tx: Tx, search: Search): Promise<RegressionTouched> {
  const { workspaceId, pattern, jsonPattern } = search;
  const items = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "RegressionItem" WHERE "workspaceId" = ${workspaceId}::uuid
      AND "content"::text ILIKE ${jsonPattern} ORDER BY 1`;
  const regressionItemIds = items.map(({ id }) => id);
  const regressionAnswers = await tx.$queryRaw<RegressionTouched['regressionAnswers']>`
    SELECT "modelId", "itemId", "arm"::text AS "arm" FROM "RegressionAnswer"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "erasureId" IS NULL
      AND ("text" ILIKE ${pattern} OR "error" ILIKE ${pattern} OR "itemId" = ANY(${regressionItemIds}::text[]))
    ORDER BY 1, 2, 3`;
  const uses = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "ModelUse" WHERE "workspaceId" = ${workspaceId}::uuid AND "reason" ILIKE ${pattern}
    ORDER BY 1`;
  return { regressionAnswers, regressionItemIds, modelUseIds: uses.map(({ id }) => id) };
}

/** Everything that an erasure of the text would touch, by id. */
export async function findTouched(tx: Tx, viewer: Viewer, text: string): Promise<EraseJobInput> {
  const search = toSearch(viewer, text);
  const { workspaceId, pattern, jsonPattern } = search;
  const exampleIds = await findExampleIds(tx, search);
  const badRows = await tx.$queryRaw<{ importId: string; line: number }[]>`
    SELECT r."importId", r."line" FROM "ImportRow" r JOIN "Import" i ON i."id" = r."importId"
    WHERE i."workspaceId" = ${workspaceId}::uuid AND (r."excerpt" ILIKE ${pattern} OR r."values"::text ILIKE ${jsonPattern})
    ORDER BY 1, 2`;
  const imports = await tx.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Import" i WHERE i."workspaceId" = ${workspaceId}::uuid AND (
      i."fileName" ILIKE ${pattern} OR i."id" = ANY(${badRows.map((row) => row.importId)}::uuid[])
      OR i."id" IN (SELECT e."importId" FROM "Example" e WHERE e."id" = ANY(${exampleIds}::uuid[])))
    ORDER BY 1`;
  const answers = await tx.$queryRaw<EraseJobInput['answers']>`
    SELECT a."modelId", a."exampleId", a."arm"::text AS "arm" FROM "Answer" a JOIN "Model" m ON m."id" = a."modelId"
    WHERE m."workspaceId" = ${workspaceId}::uuid
      AND (a."text" ILIKE ${pattern} OR a."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY 1, 2, 3`;
  const marks = await tx.$queryRaw<EraseJobInput['marks']>`
    SELECT w."modelId", w."exampleId" FROM "WrongAnswer" w
    JOIN "Answer" a ON a."modelId" = w."modelId" AND a."exampleId" = w."exampleId" AND a."arm" = w."arm"
    WHERE w."workspaceId" = ${workspaceId}::uuid
      AND (w."note" ILIKE ${pattern} OR a."text" ILIKE ${pattern} OR w."exampleId" = ANY(${exampleIds}::uuid[]))
    ORDER BY 1, 2`;
  const jobs = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Job" WHERE "workspaceId" = ${workspaceId}::uuid AND "state" IN ('done', 'failed', 'cancelled')
      AND ("input"::text ILIKE ${jsonPattern} OR "result"::text ILIKE ${jsonPattern}) ORDER BY 1`;
  return {
    exampleIds,
    badRows,
    importIds: imports.map(({ id }) => id),
    answers,
    ...(await findInProofs(tx, search, exampleIds)),
    ...(await findInRegressionSet(tx, search)),
    marks,
    jobIds: jobs.map(({ id }) => id),
  };
}

const isIn = (ids: readonly string[]) => Prisma.sql`i."exampleId" = ANY(${ids}::uuid[])`;

/** Releases that hold the examples, with their training files and models. */
async function findReleasesOf(tx: Tx, exampleIds: readonly string[]) {
  return tx.$queryRaw<
    {
      id: string;
      number: number;
      datasetId: string;
      dataset: string;
      examples: number;
      files: number;
      models: { id: string; name: string }[];
    }[]
  >`
    SELECT r."id", r."number", r."datasetId", d."name" AS "dataset", count(*)::int AS "examples",
      (SELECT count(*)::int FROM "Export" x WHERE x."releaseId" = r."id"
        AND EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = r."id" AND i."split" = x."split" AND ${isIn(exampleIds)})) AS "files",
      (SELECT coalesce(json_agg(json_build_object('id', m."id", 'name', m."name") ORDER BY m."id"), '[]')
        FROM "Model" m JOIN "Run" n ON n."id" = m."runId" WHERE n."releaseId" = r."id"
          AND EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = r."id" AND i."split" <> 'held_out' AND ${isIn(exampleIds)})) AS "models"
    FROM "ReleaseItem" i JOIN "Release" r ON r."id" = i."releaseId" JOIN "Dataset" d ON d."id" = r."datasetId"
    WHERE ${isIn(exampleIds)} GROUP BY r."id", d."name" ORDER BY d."name", r."number"`;
}

/** The proofs that hold anything of what is touched. */
const proofIdsOf = ({ proofAnswers, proofVotes, proofItems }: ProofTouched): string[] => [
  ...new Set([...proofAnswers, ...proofVotes, ...proofItems].map(({ proofId }) => proofId)),
];

/** The counts that the confirmation names. */
export async function countTouched(tx: Tx, touched: EraseJobInput): Promise<ErasureCounts> {
  const { exampleIds } = touched;
  const releases = await findReleasesOf(tx, exampleIds);
  const [row] = await tx.$queryRaw<{ revisions: number; released: number }[]>`
    SELECT (SELECT count(*)::int FROM "Revision" r WHERE r."exampleId" = ANY(${exampleIds}::uuid[])) AS "revisions",
      (SELECT count(DISTINCT i."exampleId")::int FROM "ReleaseItem" i WHERE ${isIn(exampleIds)}) AS "released"`;
  return {
    examples: exampleIds.length,
    revisions: row?.revisions ?? 0,
    released: row?.released ?? 0,
    releases: releases.length,
    files: releases.reduce((sum, release) => sum + release.files, 0),
    models: releases.reduce((sum, release) => sum + release.models.length, 0),
    answers: touched.answers.length,
    proofs: proofIdsOf(touched).length,
    proofTexts: touched.proofAnswers.length + touched.proofVotes.length + touched.proofItems.length,
    regressionTexts:
      touched.regressionAnswers.length +
      touched.regressionItemIds.length +
      touched.modelUseIds.length,
    marks: touched.marks.length,
    imports: touched.importIds.length,
    badRows: touched.badRows.length,
    jobs: touched.jobIds.length,
  };
}

/**
 * Where a person stands: every example, release, file, model, proof, import and answer that holds
 * the text. Changes nothing; that somebody looked, and how much they found, is recorded, the text not.
 */
export async function findPerson(viewer: Viewer, input: { text: string }) {
  assertCan(viewer, 'person:erase');
  const { text } = personSearchSchema.parse(input);
  return db.$transaction(async (tx) => {
    const touched = await findTouched(tx, viewer, text);
    const ids = touched.exampleIds.slice(0, SHOWN);
    const counts = await countTouched(tx, touched);
    const examples = await tx.example.findMany({
      where: { id: { in: ids }, workspaceId: viewer.workspaceId },
      orderBy: [{ datasetId: 'asc' }, { number: 'asc' }],
      select: {
        id: true,
        number: true,
        binnedAt: true,
        dataset: { select: { id: true, name: true } },
      },
    });
    const releases = await findReleasesOf(tx, touched.exampleIds);
    const imports = await tx.import.findMany({
      where: { id: { in: touched.importIds.slice(0, SHOWN) }, workspaceId: viewer.workspaceId },
      orderBy: { id: 'asc' },
      select: { id: true, fileName: true, datasetId: true },
    });
    const proofs = await tx.proof.findMany({
      where: { id: { in: proofIdsOf(touched) }, workspaceId: viewer.workspaceId },
      orderBy: { id: 'asc' },
      take: SHOWN,
      select: { id: true, model: { select: { name: true } } },
    });
    await recordAudit(tx, viewer, {
      action: 'person.searched',
      subjectType: 'person',
      data: { matches: counts.examples },
    });
    return { counts, examples, releases, imports, proofs };
  });
}
export type PersonFound = Awaited<ReturnType<typeof findPerson>>;

/** How many rows of a release were erased since it was frozen. */
export async function countErased(viewer: Viewer, releaseId: string): Promise<number> {
  assertCan(viewer, 'release:read');
  return db.erasedItem.count({
    where: { releaseId, release: { workspaceId: viewer.workspaceId } },
  });
}

/** How many examples that a model was trained on were erased since. */
export async function countTrainedOnErased(viewer: Viewer, modelId: string): Promise<number> {
  assertCan(viewer, 'model:read');
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Model" m JOIN "Run" n ON n."id" = m."runId"
    JOIN "ErasedItem" i ON i."releaseId" = n."releaseId" AND i."split" <> 'held_out'
    JOIN "Erasure" e ON e."id" = i."erasureId" AND e."createdAt" > n."createdAt"
    WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid`;
  return row?.count ?? 0;
}
