import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import type { EraseJobInput } from '@/lib/lineage/person-schema';
import { holdsOf, type Search } from '@/lib/lineage/person-search';
import { sha256 } from '@/lib/secrets';

const { sql } = Prisma;

/** Ids of the examples that hold the text in any revision, draft, group, tag, reason or finding. */
export async function findExampleIds(tx: Tx, search: Search): Promise<string[]> {
  const { workspaceId } = search;
  const { inText, inJson } = holdsOf(search);
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT "exampleId" AS "id" FROM "Revision" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ${inJson(sql`"content"`)}
    UNION SELECT "id" FROM "Example" WHERE "workspaceId" = ${workspaceId}::uuid
      AND (${inText(sql`"groupKey"`)} OR ${inText(sql`"topic"`)} OR ${inJson(sql`to_jsonb("tags")`)})
    UNION SELECT "exampleId" FROM "WorkingCopy" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ${inJson(sql`"content"`)}
    UNION SELECT "exampleId" FROM "Review" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ${inText(sql`"reason"`)}
    UNION SELECT "exampleId" FROM "Finding" WHERE "workspaceId" = ${workspaceId}::uuid
      AND (${inText(sql`"dismissReason"`)} OR ${inJson(sql`"detail"`)})
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
  const { workspaceId, except } = search;
  const { inText } = holdsOf(search);
  const proofAnswers = await tx.$queryRaw<ProofTouched['proofAnswers']>`
    SELECT a."proofId", a."exampleId", a."arm"::text AS "arm" FROM "ProofAnswer" a JOIN "Proof" p ON p."id" = a."proofId"
    WHERE p."workspaceId" = ${workspaceId}::uuid AND a."erasureId" IS NULL
      AND (a."exampleId" = ANY(${exampleIds}::uuid[])
        OR (a."arm" = 'nearest' AND a."sources" && ${exampleIds}::uuid[])
        OR (a."exampleId" <> ALL(${except}::uuid[]) AND (${inText(sql`a."text"`)} OR ${inText(sql`a."error"`)})))
    ORDER BY 1, 2, 3`;
  const proofVotes = await tx.$queryRaw<ProofTouched['proofVotes']>`
    SELECT v."proofId", v."id" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
    WHERE v."workspaceId" = ${workspaceId}::uuid AND v."reason" IS NOT NULL
      AND (b."exampleId" = ANY(${exampleIds}::uuid[])
        OR (b."exampleId" <> ALL(${except}::uuid[]) AND ${inText(sql`v."reason"`)}))
    ORDER BY 1, 2`;
  const proofItems = await tx.$queryRaw<ProofTouched['proofItems']>`
    SELECT i."proofId", i."exampleId" FROM "ProofItem" i JOIN "Proof" p ON p."id" = i."proofId"
    WHERE p."workspaceId" = ${workspaceId}::uuid AND i."erasureId" IS NULL
      AND (i."exampleId" = ANY(${exampleIds}::uuid[])
        OR (i."exampleId" <> ALL(${except}::uuid[]) AND ${inText(sql`i."topic"`)}))
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
  const { workspaceId } = search;
  const { inText, inJson } = holdsOf(search);
  const items = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "RegressionItem" WHERE "workspaceId" = ${workspaceId}::uuid
      AND ${inJson(sql`"content"`)} ORDER BY 1`;
  const regressionItemIds = items.map(({ id }) => id);
  const regressionAnswers = await tx.$queryRaw<RegressionTouched['regressionAnswers']>`
    SELECT "modelId", "itemId", "arm"::text AS "arm" FROM "RegressionAnswer"
    WHERE "workspaceId" = ${workspaceId}::uuid AND "erasureId" IS NULL
      AND ("itemId" = ANY(${regressionItemIds}::text[]) OR ${inText(sql`"text"`)} OR ${inText(sql`"error"`)})
    ORDER BY 1, 2, 3`;
  const uses = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "ModelUse" WHERE "workspaceId" = ${workspaceId}::uuid AND ${inText(sql`"reason"`)}
    ORDER BY 1`;
  return { regressionAnswers, regressionItemIds, modelUseIds: uses.map(({ id }) => id) };
}

type ImportTouched = Pick<EraseJobInput, 'importIds' | 'badRows' | 'columnImportIds'>;

/** Imports that hold the text by their name, their columns, a row that they could not use or an example. */
async function findInImports(
  tx: Tx,
  search: Search,
  known: { exampleIds: readonly string[]; importIds: readonly string[] },
): Promise<ImportTouched> {
  const { workspaceId } = search;
  const { inText, inJson } = holdsOf(search);
  const badRows = await tx.$queryRaw<ImportTouched['badRows']>`
    SELECT r."importId", r."line" FROM "ImportRow" r JOIN "Import" i ON i."id" = r."importId"
    WHERE i."workspaceId" = ${workspaceId}::uuid
      AND (${inText(sql`r."excerpt"`)} OR ${inText(sql`r."column"`)} OR ${inJson(sql`r."values"`)})
    ORDER BY 1, 2`;
  const columns = await tx.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Import" i WHERE i."workspaceId" = ${workspaceId}::uuid
      AND ${inJson(sql`i."reading"->'columns'`)} ORDER BY 1`;
  const columnImportIds = columns.map(({ id }) => id);
  const held = [...badRows.map(({ importId }) => importId), ...columnImportIds, ...known.importIds];
  const imports = await tx.$queryRaw<{ id: string }[]>`
    SELECT i."id" FROM "Import" i WHERE i."workspaceId" = ${workspaceId}::uuid AND (
      i."id" = ANY(${held}::uuid[]) OR ${inText(sql`i."fileName"`)}
      OR i."id" IN (SELECT e."importId" FROM "Example" e WHERE e."id" = ANY(${known.exampleIds}::uuid[])))
    ORDER BY 1`;
  return { importIds: imports.map(({ id }) => id), badRows, columnImportIds };
}

/** Answers of models, marks on them, jobs, bulk changes and notes that hold the text or are about the examples. */
async function findElsewhere(tx: Tx, search: Search, exampleIds: readonly string[]) {
  const { workspaceId, except } = search;
  const { inText, inJson } = holdsOf(search);
  const answers = await tx.$queryRaw<EraseJobInput['answers']>`
    SELECT a."modelId", a."exampleId", a."arm"::text AS "arm" FROM "Answer" a JOIN "Model" m ON m."id" = a."modelId"
    WHERE m."workspaceId" = ${workspaceId}::uuid AND (a."exampleId" = ANY(${exampleIds}::uuid[])
      OR (a."exampleId" <> ALL(${except}::uuid[]) AND ${inText(sql`a."text"`)}))
    ORDER BY 1, 2, 3`;
  const marks = await tx.$queryRaw<EraseJobInput['marks']>`
    SELECT w."modelId", w."exampleId" FROM "WrongAnswer" w
    JOIN "Answer" a ON a."modelId" = w."modelId" AND a."exampleId" = w."exampleId" AND a."arm" = w."arm"
    WHERE w."workspaceId" = ${workspaceId}::uuid AND (w."exampleId" = ANY(${exampleIds}::uuid[])
      OR (w."exampleId" <> ALL(${except}::uuid[]) AND (${inText(sql`w."note"`)} OR ${inText(sql`a."text"`)})))
    ORDER BY 1, 2`;
  const jobs = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Job" WHERE "workspaceId" = ${workspaceId}::uuid AND "kind" <> 'person.erase'
      AND (${inJson(sql`"input"`)} OR ${inJson(sql`"result"`)}) ORDER BY 1`;
  // Those of the examples themselves go with them.
  const bulkItems = await tx.$queryRaw<EraseJobInput['bulkItems']>`
    SELECT "jobId", "exampleId" FROM "BulkItem" WHERE "workspaceId" = ${workspaceId}::uuid
      AND "exampleId" <> ALL(${[...exampleIds, ...except]}::uuid[]) AND ${inJson(sql`"before"`)} ORDER BY 1, 2`;
  const notes = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Release" WHERE "workspaceId" = ${workspaceId}::uuid AND ${inText(sql`"note"`)} ORDER BY 1`;
  return {
    answers,
    marks,
    jobIds: jobs.map(({ id }) => id),
    bulkItems,
    noteReleaseIds: notes.map(({ id }) => id),
  };
}

/**
 * Everything that an erasure would touch, by id. `importIds`: imports whose stored file was found
 * to hold the text.
 */
export async function findTouched(
  tx: Tx,
  search: Search,
  found: { exampleIds: readonly string[]; importIds: readonly string[] },
): Promise<EraseJobInput> {
  const exampleIds = found.exampleIds.filter((id) => !search.except.includes(id));
  return {
    exampleIds,
    ...(await findInImports(tx, search, { exampleIds, importIds: found.importIds })),
    ...(await findInProofs(tx, search, exampleIds)),
    ...(await findInRegressionSet(tx, search)),
    ...(await findElsewhere(tx, search, exampleIds)),
  };
}

/** What an admin saw and confirms: the same only where every id is. */
export const hashOfTouched = (touched: EraseJobInput): string =>
  sha256(JSON.stringify(Object.entries(touched).sort(([one], [other]) => (one < other ? -1 : 1))));

/** The proofs that hold anything of what is touched. */
export const proofIdsOf = ({ proofAnswers, proofVotes, proofItems }: ProofTouched): string[] => [
  ...new Set([...proofAnswers, ...proofVotes, ...proofItems].map(({ proofId }) => proofId)),
];
