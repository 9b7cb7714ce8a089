import { beforeAll, describe, expect, test } from 'vitest';
import { db, Prisma } from '@/lib/db';
import { getExample } from '@/lib/examples/example-detail';
import {
  countExamples,
  explainableQuery,
  findAuthors,
  findExamples,
  findTags,
  findTopics,
  getExampleId,
} from '@/lib/examples/example-queries';
import {
  type ExampleFilter,
  type ExampleSort,
  parseCursor,
  sortKeys,
} from '@/lib/examples/example-schema';
import type { Viewer } from '@/lib/session';
import { ownerSql } from '@/tests/database';
import {
  createDataset,
  createExample,
  createManyExamples,
  createTeam,
} from '@/tests/factories-examples';

let writer: Viewer;
let stranger: Viewer;
let datasetId: string;
let foreign: { datasetId: string; exampleId: string };
const MANY = 6_000;

beforeAll(async () => {
  const team = await createTeam('shop');
  writer = team.writer;
  datasetId = (await createDataset(team.admin)).id;
  await createManyExamples(writer, datasetId, MANY);
  const other = await createTeam('rival');
  stranger = other.writer;
  const dataset = await createDataset(other.admin);
  const example = await createExample(other.writer, dataset.id, { reply: 'Canary of the rival' });
  foreign = { datasetId: dataset.id, exampleId: example.id };
  await createManyExamples(other.writer, dataset.id, MANY);
  await ownerSql('VACUUM (ANALYZE)');
});

const sorts = sortKeys.flatMap((key): ExampleSort[] => [
  { key, direction: 'asc' },
  { key, direction: 'desc' },
]);

describe('pages', () => {
  test.each(sorts)('walk every example once and back again, by $key $direction', async (sort) => {
    const filter: ExampleFilter = { q: '"Question 10"' };
    const expected = await countExamples(writer, datasetId, filter);
    const forward: number[][] = [];
    let cursor: string | null = null;
    let page = await findExamples(writer, { datasetId, filter, sort, limit: 100 });
    forward.push(page.rows.map((row) => row.number));
    expect(page.previous).toBeNull();
    while (page.next) {
      cursor = page.next;
      page = await findExamples(writer, { datasetId, filter, sort, cursor, limit: 100 });
      forward.push(page.rows.map((row) => row.number));
    }
    const seen = forward.flat();
    expect(seen.length).toBe(expected);
    expect(new Set(seen).size).toBe(expected);
    const back: number[][] = [page.rows.map((row) => row.number)];
    while (page.previous) {
      page = await findExamples(writer, {
        datasetId,
        filter,
        sort,
        cursor: page.previous,
        limit: 100,
      });
      back.unshift(page.rows.map((row) => row.number));
    }
    expect(back.flat()).toEqual(seen);
    expect(page.at).toBe(0);
  });

  test('a cursor of another sort, or a made-up one, gives the first page', async () => {
    const first = await findExamples(writer, { datasetId, limit: 2 });
    const bySort = await findExamples(writer, {
      datasetId,
      limit: 2,
      sort: { key: 'topic', direction: 'asc' },
      cursor: first.next,
    });
    expect(bySort.previous).toBeNull();
    expect(parseCursor('x'.repeat(50), { key: 'number', direction: 'desc' })).toBeNull();
    const odd = await findExamples(writer, { datasetId, limit: 2, cursor: 'e30' });
    expect(odd.rows.map((row) => row.number)).toEqual([MANY, MANY - 1]);
  });
});

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function planOf(filter: ExampleFilter, sort: ExampleSort, cursor: string | null) {
  const query = explainableQuery(writer, {
    datasetId,
    filter,
    sort,
    cursor: cursor ? parseCursor(cursor, sort) : null,
    limit: 50,
  });
  const [row] = await db.$queryRaw<{ 'QUERY PLAN': { Plan: Plan }[] }[]>(
    Prisma.sql`EXPLAIN (FORMAT JSON) ${query}`,
  );
  return nodesOf(row?.['QUERY PLAN'][0]?.Plan as Plan);
}

describe('plans', () => {
  test.each(sorts)('a page in the middle reads indexes only, by $key $direction', async (sort) => {
    let page = await findExamples(writer, { datasetId, sort, limit: 100 });
    for (let n = 0; n < 5; n += 1)
      page = await findExamples(writer, { datasetId, sort, limit: 100, cursor: page.next });
    for (const cursor of [null, page.next, page.previous]) {
      const nodes = await planOf({}, sort, cursor);
      const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
      expect(scans.map((node) => node['Relation Name'])).not.toContain('Example');
      expect(scans.map((node) => node['Relation Name'])).not.toContain('Revision');
    }
  });

  test('a rare word is found by its index', async () => {
    const nodes = await planOf(
      { q: '"Question 5123"' },
      { key: 'number', direction: 'desc' },
      null,
    );
    const scans = nodes.filter((node) => node['Node Type'] === 'Seq Scan');
    expect(scans.map((node) => node['Relation Name'])).not.toContain('Revision');
  });
});

describe('filters', () => {
  test.each<[ExampleFilter, (n: number) => boolean]>([
    [{ status: ['draft'] }, (n) => n % 3 === 0],
    [{ status: ['draft', 'sent_back'] }, (n) => n % 3 !== 1],
    [{ topic: 'topic 3' }, (n) => n % 5 !== 0 && n % 7 === 3],
    [{ topic: '' }, (n) => n % 5 === 0],
    [{ tag: 'tag b' }, (n) => n % 4 === 0],
    [{ q: '#77' }, (n) => n === 77],
    [{ q: '"question 12"' }, (n) => String(n).startsWith('12')],
    [{ q: '12 answer' }, (n) => String(n).startsWith('12')],
    [{ q: 'uestion 345' }, (n) => String(n).includes('345')],
    [{ blocker: true }, () => false],
    [{ rule: 'half_open_slot' }, () => false],
  ])('%j', async (filter, holds) => {
    const expected = Array.from({ length: MANY }, (_, i) => i + 1).filter(holds).length;
    expect(await countExamples(writer, datasetId, filter)).toBe(expected);
    const page = await findExamples(writer, { datasetId, filter, limit: 100 });
    expect(page.rows.every((row) => holds(row.number))).toBe(true);
    expect(page.rows.length).toBe(Math.min(100, expected));
  });

  test('a pattern sign in the search is only a sign', async () => {
    expect(await countExamples(writer, datasetId, { q: '%%%' })).toBe(0);
    expect(await countExamples(writer, datasetId, { q: 'Question _' })).toBe(0);
    expect(await countExamples(writer, datasetId, { q: "'; DROP TABLE" })).toBe(0);
    expect(await countExamples(writer, datasetId, { q: `" ' & | ! :* \\` })).toBe(0);
  });

  test('what the filters offer', async () => {
    const topics = await findTopics(writer, datasetId);
    expect(topics[0]?.value).toBeNull();
    expect(topics.map((topic) => topic.value)).toContain('topic 3');
    expect(await findTags(writer, datasetId)).toEqual([
      { value: 'tag a', count: MANY / 4 },
      { value: 'tag b', count: MANY / 4 },
    ]);
    expect(await findAuthors(writer, datasetId)).toEqual([
      { id: writer.userId, name: 'writer of shop', count: MANY },
    ]);
  });
});

describe('another workspace', () => {
  test('gives nothing of its own', async () => {
    const page = await findExamples(writer, { datasetId: foreign.datasetId });
    expect(page).toEqual({ rows: [], at: 0, next: null, previous: null });
    expect(await countExamples(writer, foreign.datasetId, {})).toBe(0);
    expect(await findTopics(writer, foreign.datasetId)).toEqual([]);
    expect(await findAuthors(writer, foreign.datasetId)).toEqual([]);
    const own = await findExamples(writer, { datasetId, filter: { q: 'Canary' } });
    expect(own.rows).toEqual([]);
  });

  test('answers exactly like an example that does not exist', async () => {
    const missing = '01890000-0000-7000-8000-000000000000';
    const answerOf = (work: Promise<unknown>) =>
      work.then(
        () => 'found',
        (error: unknown) => JSON.stringify(error),
      );
    expect(await answerOf(getExample(writer, foreign.exampleId))).toBe(
      await answerOf(getExample(writer, missing)),
    );
    expect(await answerOf(getExampleId(writer, { datasetId: foreign.datasetId, number: 1 }))).toBe(
      await answerOf(getExampleId(writer, { datasetId: missing, number: 1 })),
    );
    expect((await getExample(stranger, foreign.exampleId)).content.reply).toBe(
      'Canary of the rival',
    );
  });
});
