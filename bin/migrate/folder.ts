import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Migration = { name: string; sql: string; checksum: string };

/** The migrations of a folder in the order in which they are applied. */
export function readMigrations(folder: string): Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, file: join(folder, name, 'migration.sql') }))
    .filter(({ file }) => existsSync(file))
    .map(({ name, file }) => {
      const sql = readFileSync(file, 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * What would break the promise that a migration is applied whole or not at all: the file is sent as
 * one transaction, so it may not steer transactions itself. Function bodies are left out.
 */
export function transactionControl(sql: string): string | undefined {
  const plain = sql.replace(/(\$\w*\$)[\s\S]*?\1/g, '').replace(/--.*$/gm, '');
  return plain.match(
    /^\s*(?:BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK)\b[^;]*;|\bCONCURRENTLY\b/im,
  )?.[0];
}
