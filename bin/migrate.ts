// Applies prisma/migrations to the database of DATABASE_DIRECT_URL (default: DATABASE_URL).
// Exit codes: 0 done, 1 failed, 2 no address, 3 the database is newer than the code.
import { resolve } from 'node:path';
import { applyMigrations, MigrationFault } from './migrate/apply';
import { root } from './start/paths.mjs';

const url = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL;
const folder = resolve(root, process.env.MIGRATIONS_DIR || 'prisma/migrations');

if (!url) {
  console.error('Set DATABASE_URL or DATABASE_DIRECT_URL to the database to bring up to date.');
  process.exit(2);
}

try {
  const { applied, retried, edited } = await applyMigrations(url, folder);
  for (const name of edited) {
    console.error(`Warning: the migration ${name} was changed after this database applied it.`);
  }
  if (retried.length > 0) console.log(`Tried again: ${retried.join(', ')}.`);
  console.log(
    applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}.`,
  );
} catch (error) {
  console.error(error instanceof MigrationFault ? error.message : error);
  process.exit(error instanceof MigrationFault && error.code === 'NEWER' ? 3 : 1);
}
