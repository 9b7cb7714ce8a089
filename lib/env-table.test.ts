import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { envTable } from '@/lib/env-table';

test("the README's configuration table is the one of the code", () => {
  const readme = readFileSync('README.md', 'utf8');
  expect(readme).toContain(envTable());
});
