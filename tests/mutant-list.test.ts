import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ofCode, ofDatabase } from './mutant-list.mjs';

const isFile = (name: string) => /\.test\.ts$/.test(name);

// A line that was rewritten since would be taken away from nowhere.
test.each(ofCode)('there is something to take away: $name', ({ change }) => {
  expect(readFileSync(change?.file ?? '', 'utf8')).toContain(change?.from);
});

test.each([...ofDatabase, ...ofCode])('there are tests to notice it: $name', ({ tests }) => {
  const files = tests.filter(isFile);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(existsSync(file), file).toBe(true);
});
