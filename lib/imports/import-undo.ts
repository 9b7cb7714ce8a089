import 'server-only';
import type pg from 'pg';
import { AppError } from '@/lib/errors';
import { recordImportAudit } from '@/lib/imports/import-transaction';
import type { Viewer } from '@/lib/session';

/**
 * Examples of an import that stay when it is undone: changed (every change raises the version),
 * reviewed, released, being edited or being reviewed at this moment. `e` is the example.
 */
const isTouched = `(
  e."version" > 1
  OR EXISTS (SELECT 1 FROM "Review" r WHERE r."exampleId" = e."id")
  OR EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."exampleId" = e."id")
  OR EXISTS (SELECT 1 FROM "WorkingCopy" w WHERE w."exampleId" = e."id")
  OR EXISTS (SELECT 1 FROM "Claim" c WHERE c."exampleId" = e."id" AND c."expiresAt" > now()))`;

/** Bins the untouched examples of an import, which frees their duplicate keys, and records it. */
export async function undoImportRows(
  client: pg.PoolClient,
  viewer: Viewer,
  row: { id: string; datasetId: string },
): Promise<{ binned: number; kept: number }> {
  const locked = await client.query<{ state: string }>(
    'SELECT "state" FROM "Import" WHERE "id" = $1 AND "workspaceId" = $2 FOR NO KEY UPDATE',
    [row.id, viewer.workspaceId],
  );
  if (locked.rows[0]?.state === 'undone') return { binned: 0, kept: 0 };
  if (locked.rows[0]?.state !== 'undoing') throw new AppError('CONFLICT');
  const update = await client.query(
    `UPDATE "Example" e SET "binnedAt" = now(), "updatedAt" = now(), "version" = e."version" + 1
     WHERE e."importId" = $1 AND e."workspaceId" = $2 AND e."binnedAt" IS NULL AND NOT ${isTouched}`,
    [row.id, viewer.workspaceId],
  );
  const { rows } = await client.query<{ kept: number }>(
    `SELECT count(*)::integer AS kept FROM "Example"
     WHERE "importId" = $1 AND "workspaceId" = $2 AND "binnedAt" IS NULL`,
    [row.id, viewer.workspaceId],
  );
  const result = { binned: update.rowCount ?? 0, kept: rows[0]?.kept ?? 0 };
  await client.query(
    `UPDATE "Import" SET "state" = 'undone', "version" = "version" + 1,
       "counts" = jsonb_set("counts", '{undone}', $2::jsonb) WHERE "id" = $1`,
    [row.id, JSON.stringify(result)],
  );
  await recordImportAudit(client, viewer, 'import.undone', row.id, result);
  return result;
}

/** How many examples an undo would bin and keep now. */
export async function countUndo(
  client: Pick<pg.Pool, 'query'>,
  viewer: Viewer,
  importId: string,
): Promise<{ binned: number; kept: number }> {
  const { rows } = await client.query<{ binned: number; kept: number }>(
    `SELECT count(*) FILTER (WHERE NOT ${isTouched})::integer AS binned,
            count(*) FILTER (WHERE ${isTouched})::integer AS kept
     FROM "Example" e WHERE e."importId" = $1 AND e."workspaceId" = $2 AND e."binnedAt" IS NULL`,
    [importId, viewer.workspaceId],
  );
  return rows[0] ?? { binned: 0, kept: 0 };
}
