import 'server-only';
import { Prisma } from '@/lib/db';
import type { ExampleFilter } from '@/lib/examples/example-schema';
import { likePattern, parseSearch, type SearchTerm } from '@/lib/examples/search-terms';
import type { Viewer } from '@/lib/session';

/**
 * The one condition behind list, count, bulk change and export, on `"Example" e`: the viewer's
 * workspace, one dataset, the filter, never what is in the bin.
 */
export function toWhere(viewer: Viewer, datasetId: string, filter: ExampleFilter): Prisma.Sql {
  const parts: Prisma.Sql[] = [
    Prisma.sql`e."workspaceId" = ${viewer.workspaceId}::uuid`,
    Prisma.sql`e."datasetId" = ${datasetId}::uuid`,
    Prisma.sql`e."binnedAt" IS NULL`,
    Prisma.sql`e."currentRevisionId" IS NOT NULL`,
  ];
  if (filter.status)
    parts.push(
      filter.status.length === 1
        ? Prisma.sql`e."status" = ${filter.status[0]}::"ExampleStatus"`
        : Prisma.sql`e."status" = ANY (${filter.status}::"ExampleStatus"[])`,
    );
  if (filter.topic !== undefined)
    parts.push(
      filter.topic === '' ? Prisma.sql`e."topic" IS NULL` : Prisma.sql`e."topic" = ${filter.topic}`,
    );
  if (filter.tag) parts.push(Prisma.sql`e."tags" @> ARRAY[${filter.tag}]::text[]`);
  if (filter.author) parts.push(Prisma.sql`e."authorId" = ${filter.author}::uuid`);
  if (filter.importId) parts.push(Prisma.sql`e."importId" = ${filter.importId}::uuid`);
  if (filter.rule)
    parts.push(Prisma.sql`EXISTS (
      SELECT 1 FROM "Finding" f WHERE f."exampleId" = e."id" AND f."state" = 'open'
        AND (f."ruleId" = ${filter.rule} OR f."ruleId" IS NULL AND f."check" = ${filter.rule}))`);
  if (filter.blocker)
    parts.push(Prisma.sql`EXISTS (
      SELECT 1 FROM "Finding" f
      WHERE f."exampleId" = e."id" AND f."state" = 'open' AND f."severity" = 'blocker')`);
  if (filter.q) parts.push(...toSearch(filter.q));
  return Prisma.join(parts, ' AND ');
}

function toSearch(query: string): Prisma.Sql[] {
  const terms = parseSearch(query);
  const numbers = terms.flatMap((term) => (term.kind === 'number' ? [term.number] : []));
  const texts = terms.filter((term) => term.kind !== 'number');
  const parts: Prisma.Sql[] = [];
  if (numbers.length > 0) parts.push(Prisma.sql`e."number" = ANY (${numbers}::int[])`);
  if (texts.length > 0)
    parts.push(Prisma.sql`EXISTS (
      SELECT 1 FROM "Revision" s
      WHERE s."id" = e."currentRevisionId" AND ${Prisma.join(texts.map(toTextMatch), ' AND ')})`);
  return parts;
}

function toTextMatch(term: Exclude<SearchTerm, { kind: 'number' }>): Prisma.Sql {
  if (term.kind === 'word')
    return Prisma.sql`s."search" @@ to_tsquery('simple', ${`'${term.word}':*`})`;
  const pattern = likePattern(term.text);
  return Prisma.sql`(s."promptText" ILIKE ${pattern} OR s."replyText" ILIKE ${pattern})`;
}
