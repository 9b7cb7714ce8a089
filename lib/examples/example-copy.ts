import 'server-only';
import type { Tx } from '@/lib/db';
import { takeNumbers } from '@/lib/examples/revision-write';
import type { Viewer } from '@/lib/session';

/**
 * Copies examples of one dataset as drafts by the viewer, with findings, in four statements
 * whatever their number. The copies keep the group and name where they come from, so that they
 * later take the same split. Returns copy by source. The caller has locked the sources.
 */
export async function copyExamples(
  tx: Tx,
  viewer: Viewer,
  datasetId: string,
  sourceIds: string[],
): Promise<Map<string, string>> {
  if (sourceIds.length === 0) return new Map();
  const first = await takeNumbers(tx, viewer, datasetId, sourceIds.length);
  const ids = await tx.$queryRaw<{ id: string; revisionId: string }[]>`
    SELECT uuidv7()::text AS "id", uuidv7()::text AS "revisionId" FROM generate_series(1, ${sourceIds.length}::int)`;
  const plan = JSON.stringify(
    sourceIds.map((source, index) => ({ source, ...ids[index], number: first + index })),
  );
  await tx.$executeRaw`
    INSERT INTO "Example" ("id", "workspaceId", "datasetId", "number", "status", "topic", "tags", "groupKey",
      "source", "currentRevisionId", "promptHash", "pairHash", "derivedFromId", "createdById", "authorId")
    SELECT p."id", e."workspaceId", e."datasetId", p."number", 'draft', e."topic", e."tags", e."groupKey",
      'duplicate', p."revisionId", e."promptHash", e."pairHash", e."id", ${viewer.userId}::uuid, ${viewer.userId}::uuid
    FROM jsonb_to_recordset(${plan}::jsonb) AS p("source" uuid, "id" uuid, "revisionId" uuid, "number" int)
    JOIN "Example" e ON e."id" = p."source" AND e."workspaceId" = ${viewer.workspaceId}::uuid
      AND e."datasetId" = ${datasetId}::uuid`;
  await tx.$executeRaw`
    INSERT INTO "Revision" ("id", "workspaceId", "exampleId", "ordinal", "content", "contentHash",
      "authorId", "origin", "promptText", "replyText")
    SELECT p."revisionId", r."workspaceId", p."id", 1, r."content", r."contentHash",
      ${viewer.userId}::uuid, 'duplicate', r."promptText", r."replyText"
    FROM jsonb_to_recordset(${plan}::jsonb) AS p("source" uuid, "id" uuid, "revisionId" uuid)
    JOIN "Example" e ON e."id" = p."source" JOIN "Revision" r ON r."id" = e."currentRevisionId"`;
  await tx.$executeRaw`
    INSERT INTO "Finding" ("workspaceId", "datasetId", "exampleId", "revisionId", "check", "ruleId",
      "severity", "spanStart", "spanEnd", "detail")
    SELECT f."workspaceId", f."datasetId", p."id", p."revisionId", f."check", f."ruleId",
      f."severity", f."spanStart", f."spanEnd", f."detail"
    FROM jsonb_to_recordset(${plan}::jsonb) AS p("source" uuid, "id" uuid, "revisionId" uuid)
    JOIN "Finding" f ON f."exampleId" = p."source"`;
  return new Map(sourceIds.map((source, index) => [source, ids[index]?.id ?? '']));
}
