import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = { version: string; optionalDependencies?: Record<string, string> };

/**
 * `npm ci` refuses a lock that lacks a package for another platform, which an npm that cannot see
 * that package leaves out when it writes the lock.
 */
test('every optional package that the lock names has its entry', () => {
  const lock: { packages: Record<string, Entry> } = JSON.parse(
    readFileSync('package-lock.json', 'utf8'),
  );
  const places = Object.keys(lock.packages);
  const missing = Object.values(lock.packages)
    .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});
