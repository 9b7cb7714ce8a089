import 'server-only';
import type pg from 'pg';
import { pool } from '@/lib/db';
import type { Viewer } from '@/lib/session';

/**
 * Runs work in one transaction on a connection of its own. When it fails the connection is
 * dropped, not reused: to the database that is the same as a killed worker, and nothing stays.
 */
export async function withImportTransaction<T>(
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool().connect();
  // A connection that dies between two statements must not end the process.
  client.on('error', ignore);
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.off('error', ignore);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

const ignore = () => undefined;

/** Imports into one dataset wait for each other, so that no two of them bring the same example. */
export async function lockDatasetForImport(
  client: pg.PoolClient,
  datasetId: string,
): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
    `import:${datasetId}`,
  ]);
}

/** The entry in the record, where the change itself is made outside Prisma. */
export async function recordImportAudit(
  client: pg.PoolClient,
  viewer: Viewer,
  action: 'import.checked' | 'import.committed' | 'import.undone',
  importId: string,
  data: Record<string, number | string>,
): Promise<void> {
  await client.query(
    `INSERT INTO "AuditEvent" ("workspaceId", "actorId", "via", "action", "subjectType", "subjectId", "data")
     VALUES ($1, $2, $3, $4, 'import', $5, $6)`,
    [viewer.workspaceId, viewer.userId, viewer.via, action, importId, JSON.stringify(data)],
  );
}
