import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Entry = {
  version: string;
  resolved?: string;
  integrity?: string;
  /** Comes inside the archive of the package above it, whose integrity covers it. */
  inBundle?: boolean;
  optionalDependencies?: Record<string, string>;
};

const lock: { packages: Record<string, Entry> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);
/** Everything but the project itself, whose place is ''. */
const entries = Object.entries(lock.packages).filter(([place]) => place !== '');

/**
 * `npm ci` refuses a lock that lacks a package for another platform, which an npm that cannot see
 * that package leaves out when it writes the lock.
 */
test('every optional package that the lock names has its entry', () => {
  const places = entries.map(([place]) => place);
  const missing = entries
    .flatMap(([, entry]) => Object.keys(entry.optionalDependencies ?? {}))
    .filter((name) => !places.some((place) => place.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]);
});

test('every package of the registry has its integrity, those of other platforms too', () => {
  const unproven = entries.filter(
    ([, entry]) => !entry.inBundle && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? ''),
  );
  expect(unproven.map(([place]) => place)).toEqual([]);
});

test('the lock names no registry, so that it holds with any of them', () => {
  expect(entries.filter(([, entry]) => 'resolved' in entry)).toEqual([]);
});
