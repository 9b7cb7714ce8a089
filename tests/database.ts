import pg from 'pg';
import { applyMigrations } from '../bin/migrate/apply';
import { cloneTemplate, dropDatabase, prepareTemplate, testRoles } from './postgres.mjs';

/** A database of its own for one test file, in the state of the migrations, with no rows. */
export type TestDatabase = {
  name: string;
  /** As the app's role, like production: rows only, and what the migrations leave it. */
  databaseUrl: string;
  /** As the owner of the tables. */
  directUrl: string;
  /** As the superuser, for what only an attacker with the whole server could do. */
  superuserUrl: string;
  /** SQL as the owner, past every right of the app. */
  ownerSql: Sql;
  /** SQL as the app's role, past the app's code: for tests of what the database itself refuses. */
  appSql: Sql;
  drop: () => Promise<void>;
};

export type Sql = <Row extends pg.QueryResultRow = pg.QueryResultRow>(
  text: string,
  values?: unknown[],
) => Promise<Row[]>;

let serial = 0;

/** Clones the migrated template (some 50 ms). */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { port, template } = await prepareTemplate(applyMigrations);
  const name = await cloneTemplate(port, template, `${Date.now().toString(36)}_${++serial}`);
  const owner = new pg.Pool({ connectionString: testRoles.owner(port, name), max: 4 });
  const app = new pg.Pool({ connectionString: testRoles.app(port, name), max: 4 });
  const pools = [owner, app];
  // Dropping the database ends idle connections; that is expected here.
  for (const pool of pools) pool.on('error', () => {});
  // For tests/mutants.mjs: the database without one of its guarantees.
  if (process.env.TEST_MUTANT_SQL) await owner.query(process.env.TEST_MUTANT_SQL);
  return {
    name,
    databaseUrl: testRoles.app(port, name),
    directUrl: testRoles.owner(port, name),
    superuserUrl: testRoles.superuser(port, name),
    ownerSql: async (text, values) => (await owner.query(text, values)).rows,
    appSql: async (text, values) => (await app.query(text, values)).rows,
    drop: async () => {
      await Promise.all(pools.map((pool) => pool.end()));
      await dropDatabase(port, name);
    },
  };
}

let current: TestDatabase | undefined;

/** The database of this test file; the set-up of the `database` project made it. */
export function testDatabase(): TestDatabase {
  if (!current) throw new Error('Name this test file *.db.test.ts to get a database.');
  return current;
}

/** For the set-up file only: makes the database of this file and points the app at it. */
export async function attachTestDatabase(): Promise<TestDatabase> {
  current = await createTestDatabase();
  process.env.DATABASE_URL = current.databaseUrl;
  process.env.DATABASE_DIRECT_URL = current.directUrl;
  return current;
}

/** SQL as the owner of this file's database. */
export const ownerSql: Sql = (text, values) => testDatabase().ownerSql(text, values);

/** SQL as the app's role in this file's database. */
export const appSql: Sql = (text, values) => testDatabase().appSql(text, values);
