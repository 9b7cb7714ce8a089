import { expect } from '@playwright/test';
import { sql } from './company';

/** Until the worker has sealed every entry and sent every message: else its work looks like that of a request. */
async function settled(): Promise<void> {
  await expect
    .poll(
      () =>
        sql(`SELECT 1 FROM "AuditEvent" e WHERE NOT EXISTS
               (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")
             UNION ALL
             SELECT 1 FROM "Job" WHERE "kind" = 'webhook.deliver' AND "state" IN ('queued', 'running')`),
      { timeout: 60_000 },
    )
    .toEqual([]);
}

/**
 * One number per table of the installation: its rows, by content. When somebody was last seen says
 * nothing about a request.
 */
export async function fingerprint(): Promise<Record<string, string>> {
  await settled();
  const tables = await sql<{ name: string }>(
    `SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public'
     AND tablename NOT IN ('RateLimit', '_prisma_migrations')`,
  );
  const rows = await sql<{ name: string; sum: string }>(
    tables
      .map(
        ({ name }) =>
          `SELECT '${name}' AS "name", count(*) || ' ' || coalesce(sum(hashtextextended((to_jsonb(t) - 'lastSeenAt')::text, 0)), 0) AS "sum" FROM "${name}" t`,
      )
      .join(' UNION ALL '),
  );
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}
