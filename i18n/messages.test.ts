import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadMessages, type Messages } from './messages';

const USE = /(\w+) = (?:await )?(?:useTranslations|getTranslations)\('([\w.-]+)'\)/g;

const ENGLISH = loadMessages('en');

function lookUp(path: string): string | Messages | undefined {
  let node: string | Messages | undefined = ENGLISH;
  for (const part of path.split('.')) node = typeof node === 'object' ? node[part] : undefined;
  return node;
}

/** Keys that a file asks for, where they are written out and the name stands for one namespace. */
function askedFor(source: string): string[] {
  const namespaces = new Map<string, Set<string>>();
  for (const [, name = '', namespace = ''] of source.matchAll(USE)) {
    namespaces.set(name, (namespaces.get(name) ?? new Set()).add(namespace));
  }
  return [...namespaces].flatMap(([name, found]) => {
    const [namespace] = found;
    if (found.size !== 1) return [];
    const call = new RegExp(`(?<![\\w.])${name}(?:\\.rich|\\.markup)?\\(\\s*'([^']+)'`, 'g');
    return [...source.matchAll(call)].map(([, key]) => `${namespace}.${key}`);
  });
}

test('every text that the interface asks for exists', () => {
  const files = globSync('{app,components,lib}/**/*.{ts,tsx}').filter(
    (file) => !file.includes('.test.'),
  );
  const missing = files.flatMap((file) =>
    askedFor(readFileSync(file, 'utf8'))
      .filter((path) => typeof lookUp(path) !== 'string')
      .map((path) => `${file}: ${path}`),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(missing).toEqual([]);
});
