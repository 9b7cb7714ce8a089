// `npm run migration -- NAME` writes the SQL that leads from the schema of the last commit to the
// one in the working folder into a new migration, to be completed by hand (triggers, grants).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffSchemas } from './migrate/engine';
import { readMigrations } from './migrate/folder';
import { root } from './start/paths.mjs';

const name = process.argv[2]?.trim().toLowerCase() ?? '';
if (!/^[a-z][a-z0-9_]*$/.test(name)) {
  console.error(
    'Give the migration a name of letters, digits and underscores: npm run migration -- add_topic',
  );
  process.exit(2);
}

const schema = 'prisma/schema.prisma';
const folder = join(root, 'prisma/migrations');
const committed = spawnSync('git', ['show', `HEAD:${schema}`], { cwd: root, encoding: 'utf8' });
const sql = await diffSchemas(
  committed.status === 0 ? committed.stdout : '',
  readFileSync(join(root, schema), 'utf8'),
);

const last = readMigrations(folder).at(-1)?.name ?? '0000';
const number = String((Number.parseInt(last, 10) || 0) + 1).padStart(4, '0');
const target = join(folder, `${number}_${name}`);
mkdirSync(target, { recursive: true });
writeFileSync(join(target, 'migration.sql'), sql);
console.log(`Wrote ${target}/migration.sql (${sql.split('\n').length} lines).`);
