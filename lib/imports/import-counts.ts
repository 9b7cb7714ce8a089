import 'server-only';
import type pg from 'pg';
import type { ImportCounts } from '@/lib/imports/import-schema';
import type { StageCounts } from '@/lib/imports/import-stage';

/** Counts what the staged rows of an import are, once the fresh ones are picked. */
export async function countStage(
  client: pg.PoolClient,
  datasetId: string,
  staged: StageCounts,
  fresh: number,
): Promise<ImportCounts> {
  const { rows } = await client.query<{
    distinct_pairs: number;
    other_reply: number;
    topics: number;
    groups: number;
    blocked: number;
  }>(
    `WITH fresh AS (
       SELECT s.line, s.prompt_hash, s.topic, s.group_key, s.blocked,
              row_number() OVER (PARTITION BY s.prompt_hash ORDER BY s.line) AS nth
       FROM import_fresh f JOIN import_stage s USING (line))
     SELECT (SELECT count(DISTINCT pair_hash) FROM import_stage WHERE bad IS NULL)::integer AS distinct_pairs,
            (SELECT count(*) FROM fresh WHERE nth > 1 OR EXISTS (
               SELECT 1 FROM "Example" e
               WHERE e."datasetId" = $1 AND e."promptHash" = fresh.prompt_hash AND e."binnedAt" IS NULL
             ))::integer AS other_reply,
            (SELECT count(DISTINCT topic) FROM fresh)::integer AS topics,
            (SELECT count(DISTINCT group_key) FROM fresh)::integer AS groups,
            (SELECT count(*) FROM fresh WHERE blocked)::integer AS blocked`,
    [datasetId],
  );
  const found = rows[0] ?? { distinct_pairs: 0, other_reply: 0, topics: 0, groups: 0, blocked: 0 };
  const good = staged.rows - staged.bad;
  return {
    rows: staged.rows,
    fresh,
    duplicates: good - fresh,
    duplicatesInFile: good - found.distinct_pairs,
    otherReply: found.other_reply,
    bad: staged.bad,
    unknownAuthors: staged.unknownAuthors,
    topics: found.topics,
    groups: found.groups,
    blocked: found.blocked,
  };
}
