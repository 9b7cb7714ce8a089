import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './test';

const served = join(import.meta.dirname, '../.next/standalone');

/** A path that the build cannot follow makes it take the whole project, tests and seeds included. */
test('what is served holds the built app and its texts, and no sources', () => {
  const inside = readdirSync(served).filter((name) => !name.startsWith('.'));
  expect(inside.sort()).toEqual([
    'messages',
    'node_modules',
    'package.json',
    'server.js',
    'tsconfig.json',
  ]);
});
