import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import * as schemas from '@/lib/examples/example-schema';
import {
  defaultSort,
  type ExampleSort,
  exampleFilterSchema,
  formatCursor,
  labelSchema,
  parseCursor,
} from '@/lib/examples/example-schema';
import { loadExampleUrl, serializeExampleUrl, toFilter } from '@/lib/examples/example-url';
import { likePattern, parseSearch } from '@/lib/examples/search-terms';

const id = '01890000-0000-7000-8000-000000000000';
const content = { messages: [{ role: 'user' as const, content: 'q' }], reply: 'r' };

/** One good input for every schema that a person's request goes through. */
const inputs: [string, z.ZodType, Record<string, unknown>][] = [
  ['findExamples', schemas.findExamplesSchema, { datasetId: id, filter: { q: 'a' }, limit: 10 }],
  ['exampleCreate', schemas.exampleCreateSchema, { id, datasetId: id, ...content, topic: 't' }],
  ['revisionSave', schemas.revisionSaveSchema, { id, version: 1, changes: { reply: 'r' } }],
  [
    'workingCopySave',
    schemas.workingCopySaveSchema,
    { id, baseRevisionId: id, version: 0, content },
  ],
  ['exampleId', schemas.exampleIdSchema, { id }],
  ['exampleMove', schemas.exampleMoveSchema, { id, version: 1 }],
  ['restore', schemas.restoreSchema, { id, version: 1, revisionId: id }],
  ['topicSet', schemas.topicSetSchema, { id, version: 1, topic: null }],
  ['tagsSet', schemas.tagsSetSchema, { id, version: 1, tags: ['a'] }],
  ['dismiss', schemas.dismissSchema, { findingId: id, reason: 'because' }],
  ['reopen', schemas.reopenSchema, { findingId: id }],
  [
    'bulkMove',
    schemas.bulkMoveSchema,
    { datasetId: id, selection: { filter: {} }, move: { kind: 'submit' } },
  ],
  ['bulkUndo', schemas.bulkUndoSchema, { jobId: id }],
];

const operators: unknown[] = [
  { not: '' },
  { contains: '' },
  { startsWith: '$2' },
  { user: { passwordHash: { startsWith: '$2' } } },
  { gt: 0 },
  { increment: 1 },
  { set: 'x' },
  [''],
  [{ not: null }],
  true,
];

/** Every place in an input, by its path. */
function places(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (Array.isArray(value))
    return [path, ...value.flatMap((part, index) => places(part, [...path, index]))];
  if (typeof value === 'object' && value !== null)
    return [path, ...Object.entries(value).flatMap(([key, part]) => places(part, [...path, key]))];
  return [path];
}

function put(value: unknown, path: (string | number)[], replacement: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return replacement;
  const copy = structuredClone(value) as Record<string | number, unknown>;
  copy[head] = put(copy[head], rest, replacement);
  return copy;
}

describe.each(inputs)('%s', (_, schema, good) => {
  test('takes a good input', () => {
    expect(schema.safeParse(good).success).toBe(true);
  });

  test('refuses operators in the place of every value', () => {
    for (const path of places(good).filter((one) => one.length > 0)) {
      for (const operator of operators) {
        const bad = put(good, path, operator);
        const parsed = schema.safeParse(bad);
        // An array of texts may stand where one belongs; it must never carry an object.
        if (parsed.success)
          expect(JSON.stringify(parsed.data)).not.toMatch(
            /not|contains|startsWith|increment|"set"/,
          );
        else expect(parsed.error.issues.length).toBeGreaterThan(0);
      }
    }
  });

  test.each([
    'role',
    'status',
    'approvedRevisionId',
    'workspaceId',
    'createdAt',
    'authorId',
    'split',
    '__proto__x',
  ])('refuses a further field %s at every level', (field) => {
    const objects = places(good).filter((path) => {
      const value = path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], good);
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    });
    for (const path of objects) {
      // A message and a filter have such a field of their own.
      if (field === 'role' && path.at(-2) === 'messages') continue;
      if (field === 'status' && path.at(-1) === 'filter') continue;
      expect(schema.safeParse(put(good, [...path, field], 'x')).success).toBe(false);
    }
  });
});

describe('filters', () => {
  test.each([
    [{ status: [] }],
    [{ status: ['binned'] }],
    [{ topic: 'a\u0000b' }],
    [{ tag: 'a\nb' }],
    [{ author: 'me' }],
    [{ rule: "x' OR 1=1" }],
    [{ q: '\ud800' }],
    [{ q: 'x'.repeat(201) }],
    [{ blocker: false }],
  ])('a request with %j is refused', (filter) => {
    expect(exampleFilterSchema.safeParse(filter).success).toBe(false);
  });

  test('an address falls back where it does not parse', () => {
    const url = loadExampleUrl(
      '?status=draft,nonsense&topic=Delivery&author=x&blocker=yes&sort=rank.up&open=-1&at=%00&q=%20',
    );
    expect(url).toMatchObject({
      status: null,
      topic: 'Delivery',
      author: null,
      blocker: null,
      sort: defaultSort,
      open: null,
      at: null,
      q: null,
    });
    expect(toFilter(url)).toEqual({ topic: 'Delivery' });
  });

  test('an address says the same again', () => {
    const text = '?status=draft,sent_back&topic=&q=%22a+b%22&sort=topic.asc&open=12&blocker=1';
    const url = loadExampleUrl(text);
    expect(toFilter(url)).toEqual({
      status: ['draft', 'sent_back'],
      topic: '',
      q: '"a b"',
      blocker: true,
    });
    expect(loadExampleUrl(serializeExampleUrl('', url))).toEqual(url);
  });
});

describe('cursors', () => {
  const sort: ExampleSort = { key: 'topic', direction: 'asc' };
  test.each(['Straße 🚚', '', 'a"b\\c', null])('topic %j survives', (k) => {
    const cursor = { s: 'topic', d: 'asc', go: 'next', k, n: 5, at: 50 } as const;
    expect(parseCursor(formatCursor(cursor), sort)).toEqual(cursor);
  });
  test.each([
    ['another sort', { s: 'number', d: 'asc', go: 'next', k: '', n: 5, at: 0 }],
    ['another direction', { s: 'topic', d: 'desc', go: 'next', k: 'a', n: 5, at: 0 }],
    ['a number as key', { s: 'topic', d: 'asc', go: 'next', k: 5, n: 5, at: 0 }],
    ['a fraction', { s: 'topic', d: 'asc', go: 'next', k: 'a', n: 5.5, at: 0 }],
    ['an object', { s: 'topic', d: 'asc', go: 'next', k: { not: '' }, n: 5, at: 0 }],
    ['a further field', { s: 'topic', d: 'asc', go: 'next', k: 'a', n: 5, at: 0, x: 1 }],
  ])('%s is none', (_, cursor) => {
    expect(parseCursor(btoa(JSON.stringify(cursor)), sort)).toBeNull();
  });
  test('a made-up time or id is none', () => {
    const by = (key: 'updatedAt' | 'author' | 'status', k: string) =>
      parseCursor(formatCursor({ s: key, d: 'asc', go: 'next', k, n: 1, at: 0 }), {
        key,
        direction: 'asc',
      });
    expect(by('updatedAt', "now()'; --")).toBeNull();
    expect(by('author', 'x')).toBeNull();
    expect(by('status', 'gone')).toBeNull();
    expect(by('updatedAt', '2026-11-22 10:00:00.123456+00')).not.toBeNull();
  });
});

describe('search', () => {
  test.each([
    [
      'two words',
      [
        { kind: 'text', text: 'two' },
        { kind: 'text', text: 'words' },
      ],
    ],
    [
      '"a phrase" more',
      [
        { kind: 'text', text: 'a phrase' },
        { kind: 'text', text: 'more' },
      ],
    ],
    ['“typographic quotes”', [{ kind: 'text', text: 'typographic quotes' }]],
    ['#12', [{ kind: 'number', number: 12 }]],
    ['#12x', [{ kind: 'text', text: '#12x' }]],
    ['ab', [{ kind: 'word', word: 'ab' }]],
    ['Ü', [{ kind: 'word', word: 'ü' }]],
    ['%_', [{ kind: 'text', text: '%_' }]],
    ['"" " "', []],
    ["it's", [{ kind: 'text', text: "it's" }]],
    ['طلب', [{ kind: 'text', text: 'طلب' }]],
  ])('%s', (query, expected) => {
    expect(parseSearch(query)).toEqual(expected);
  });
  test('at most ten terms', () => {
    expect(parseSearch(Array.from({ length: 50 }, (_, n) => `term${n}`).join(' '))).toHaveLength(
      10,
    );
  });
  test('signs of patterns are only signs', () => {
    expect(likePattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });
});

test.each([
  ['  Delivery ', 'Delivery'],
  ['', null],
  ['a\tb', null],
  ['x'.repeat(121), null],
])('label %j', (text, expected) => {
  const parsed = labelSchema.safeParse(text);
  expect(parsed.success ? parsed.data : null).toBe(expected);
});
