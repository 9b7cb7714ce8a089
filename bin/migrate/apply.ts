import pg from 'pg';
import { withEngine } from './engine';
import { type Migration, readMigrations, transactionControl } from './folder';

/** Any number that only we use; the schema engine's own lock has another one. */
const lockKey = 4_118_113_015;

/** A fault of migrating with a text for the person who starts the app. */
export class MigrationFault extends Error {
  constructor(
    readonly code: 'NEWER' | 'FAILED' | 'FOREIGN' | 'NOT_TRANSACTIONAL',
    message: string,
  ) {
    super(message);
    this.name = 'MigrationFault';
  }
}

export type MigrationReport = { applied: string[]; retried: string[]; edited: string[] };

type Row = { migration_name: string; checksum: string; finished: boolean };

/**
 * Brings a database to the state of the code. Safe to call from several processes at once: all but
 * one wait. A migration is applied whole or not at all, so one that failed before is tried again.
 * @throws {MigrationFault} NEWER when the database was migrated by a later version of the code
 */
export async function applyMigrations(url: string, folder: string): Promise<MigrationReport> {
  const migrations = readMigrations(folder);
  for (const { name, sql } of migrations) {
    const found = transactionControl(sql);
    if (found) {
      throw new MigrationFault(
        'NOT_TRANSACTIONAL',
        `The migration ${name} contains "${found.trim()}", which cannot run inside the one transaction of a migration.`,
      );
    }
  }
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const rows = await recordedRows(client);
    refuseNewer(rows, migrations);
    const finished = new Map(rows.filter((row) => row.finished).map((r) => [r.migration_name, r]));
    const retried = rows.filter((row) => !row.finished).map((row) => row.migration_name);
    const edited = migrations
      .filter(({ name, checksum }) => (finished.get(name)?.checksum ?? checksum) !== checksum)
      .map(({ name }) => name);
    const applied = migrations.every(({ name }) => finished.has(name))
      ? []
      : await runEngine(url, folder, migrations, retried);
    await protectRecord(client);
    return { applied, retried, edited };
  } finally {
    // Ending the connection gives the lock back, also when the statement before failed.
    await client.end();
  }
}

async function recordedRows(client: pg.Client): Promise<Row[]> {
  const table = await client.query<{ found: string | null }>(
    `SELECT to_regclass('public._prisma_migrations')::text AS found`,
  );
  if (!table.rows[0]?.found) return [];
  const { rows } = await client.query<Row>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
       FROM public._prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function refuseNewer(rows: Row[], migrations: Migration[]) {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = rows.filter((row) => row.finished && !known.has(row.migration_name));
  if (unknown.length === 0) return;
  throw new MigrationFault(
    'NEWER',
    `The database is newer than this version of Apprentice: it holds ${unknown.length === 1 ? 'a change' : `${unknown.length} changes`} that this version does not know (${unknown.at(-1)?.migration_name}). Start the newer version, or restore a backup that was made with this one.`,
  );
}

async function runEngine(
  url: string,
  folder: string,
  migrations: Migration[],
  retried: string[],
): Promise<string[]> {
  try {
    return await withEngine(
      url,
      async (engine) => {
        for (const migrationName of retried)
          await engine.markMigrationRolledBack({ migrationName });
        const input = {
          migrationsList: {
            baseDir: folder,
            lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
            shadowDbInitScript: '',
            migrationDirectories: migrations.map(({ name, sql }) => ({
              path: name,
              migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
            })),
          },
          filters: { externalTables: [], externalEnums: [] },
        };
        // The declared type leaves the members of JsResult out.
        const parameters = input as unknown as Parameters<typeof engine.applyMigrations>[0];
        return (await engine.applyMigrations(parameters)).appliedMigrationNames;
      },
      (script) => finishStatement(script, migrations),
    );
  } catch (error) {
    if (/schema is not empty/.test(reasonOf(error))) {
      throw new MigrationFault(
        'FOREIGN',
        'The database already holds tables of something else. Point DATABASE_URL to an empty database of its own for Apprentice.',
      );
    }
    throw new MigrationFault(
      'FAILED',
      `The database could not be brought up to date, and nothing of the failing step was kept. PostgreSQL said: ${reasonOf(error)}`,
    );
  }
}

/** Records the success of the migration with this text, in the transaction that applies it. */
function finishStatement(script: string, migrations: Migration[]): string {
  const migration = migrations.find(({ sql }) => sql === script);
  if (!migration) return '';
  const name = pg.escapeLiteral(migration.name);
  return `;UPDATE public._prisma_migrations SET finished_at = now()
    WHERE migration_name = ${name} AND finished_at IS NULL AND rolled_back_at IS NULL;`;
}

/** The app may read how far the database is, and not pretend otherwise. */
async function protectRecord(client: pg.Client) {
  await client.query(`DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'apprentice_app')
       AND to_regclass('public._prisma_migrations') IS NOT NULL THEN
      REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public._prisma_migrations FROM apprentice_app;
    END IF;
  END $$`);
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : JSON.stringify(error);
  return text.replace(/\s+/g, ' ').trim();
}
