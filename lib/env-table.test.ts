import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envTable } from '@/lib/env-table';

test("the README's configuration table is the one of the code", () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toContain(envTable());
});

test('every setting that npm start and npm run dev read is in the table', () => {
  const programs = globSync(['bin/start.mjs', 'bin/dev.mjs', 'bin/start/*.mjs']);
  const read = new Set(
    programs.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\benv\.([A-Z][A-Z_]+)\b/g)].map(([, name]) => name),
    ),
  );
  // Handed by one of our processes to the next, and not for people.
  read.delete('APPRENTICE_PASSED_ON');
  expect(read).toContain('HOST');
  expect([...read].filter((name) => !envTable().includes(`| \`${name}\` |`))).toEqual([]);
});
