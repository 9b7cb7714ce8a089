// Operator injection and mass assignment: every body of every write, changed in every place by
// somebody who knows the database library. Nothing of it may pass the schemas or reach a column.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { disconnect } from '@/lib/db';
import { type Role, roles } from '@/lib/permissions';
import { stopQueue } from '@/lib/queue';
import {
  ask as askIn,
  filesIn,
  fingerprint,
  inWorkspace,
  isGet,
  isRoute,
  loadEntries,
  root,
  unchanged,
} from '@/tests/authorization-calls';
import type { Call, Row } from '@/tests/authorization-rows';
import { createScene, type Person, type Scene } from '@/tests/authorization-scene';
import { authorizationTable } from '@/tests/authorization-table';
import { ownerSql } from '@/tests/database';
import {
  forbidden,
  marks,
  numbers,
  operators,
  placesIn,
  texts,
  valueAt,
  withBody,
  withForbidden,
  without,
  withValue,
} from '@/tests/hostile-bodies';
import { endOpenJobs } from '@/tests/open-jobs';
import { richBodies } from '@/tests/rich-bodies';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let ours: Scene;
let theirs: Scene;
beforeAll(async () => {
  await loadEntries();
  ours = await createScene('Ours');
  theirs = await createScene('Theirs');
});
// No worker runs here, and a workspace has only so many places for jobs.
beforeEach(endOpenJobs);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const ask = (row: Row, as: Person, call: Call) =>
  askIn(row, as, call, inWorkspace(row) ? { slug: ours.workspace.slug } : {});

/** The least that may make the call; outside a workspace somebody who may make another one. */
const caller = (row: Row): Promise<Person> =>
  ours.person(roles.includes(row.lowest as Role) ? (row.lowest as Role) : 'admin');

const isWrite = (row: Row) => !isGet(row.id) && !row.elsewhere;
const writes = authorizationTable.filter(isWrite);
const named = (rows: readonly Row[]) => rows.map((row) => [row.id, row] as const);

/** The bodies of a row: the plain one of the table, and fuller ones. */
async function callsOf(row: Row, person: Person): Promise<Call[]> {
  const call = await row.call(ours, person);
  if (typeof call.body !== 'object' || call.body === null) return [];
  const more = (await richBodies[row.id]?.(ours, call.body)) ?? [];
  return [call, ...more.map((body) => withBody(call, body))];
}

const isRefusal = (code: string) => code === 'INVALID' || code === 'NOT_FOUND';

describe('conditions of the database library where a value is expected', () => {
  test.each(named(writes))('%s', async (_, row) => {
    const person = await caller(row);
    const calls = await callsOf(row, person);
    await unchanged(async () => {
      for (const call of calls) {
        for (const place of placesIn(call.body)) {
          // An object that an action is called with is what its workspace is added to.
          const isTop = place.length === 0;
          for (const operator of operators) {
            if (isTop && !isRoute(row.id) && !Array.isArray(operator)) continue;
            const outcome = await ask(
              row,
              person,
              withBody(call, withValue(call.body, place, operator)),
            );
            expect(
              isRefusal(outcome.code),
              `${place.join('.')} = ${JSON.stringify(operator)}: ${outcome.code}`,
            ).toBe(true);
          }
        }
      }
    });
  });

  test('in addresses', async () => {
    const values = [
      ...operators.map((operator) => JSON.stringify(operator)),
      ...texts.filter((text) => text.isWellFormed()),
      '..',
      '%00',
      '[object Object]',
    ];
    for (const row of authorizationTable.filter(({ id, elsewhere }) => isRoute(id) && !elsewhere)) {
      const person = await ours.person('admin');
      const call = await row.call(ours, person);
      await unchanged(async () => {
        for (const name of Object.keys(call.params ?? {}))
          for (const value of values) {
            if (row.foreign === 'empty' && row.id.endsWith('/sample')) continue;
            const outcome = await ask(row, person, {
              ...call,
              params: { ...call.params, [name]: value },
            });
            expect(outcome.code, `${row.id} ${name} = ${value}`).toBe('NOT_FOUND');
          }
        for (const name of Object.keys(call.query ?? {}))
          for (const value of values) {
            const outcome = await ask(row, person, {
              ...call,
              query: { ...call.query, [name]: value },
            });
            expect(isRefusal(outcome.code), `${row.id} ?${name}=${value}: ${outcome.code}`).toBe(
              true,
            );
          }
      }, ['AuditEvent']);
    }
  });

  test('in the name of a workspace', async () => {
    const row = authorizationTable.find(({ id }) => id === 'GET /api/w/[workspace]/examples/[id]');
    const action = authorizationTable.find(({ id }) => id === 'submitAction');
    if (!row || !action) throw new Error('no row');
    const values = [...texts.filter((text) => text.isWellFormed()), ...operators];
    for (const value of values) {
      const slug = typeof value === 'string' ? value : JSON.stringify(value);
      const read = await askIn(row, ours.admin, await row.call(ours, ours.admin), { slug });
      expect(isRefusal(read.code), `${slug}: ${read.code}`).toBe(true);
      const { body } = await action.call(ours, ours.admin);
      const input = { ...(body as object), workspace: value };
      const moved = await askIn(action, ours.admin, { body: input });
      expect(isRefusal(moved.code), `${slug}: ${moved.code}`).toBe(true);
    }
  });
});

describe('an id or a version that is left out', () => {
  /** Left out, these mean "none", and that is written down in their schema. */
  const optional = new Set(['briefId', 'first', 'after']);
  const needed = (key: string | number | undefined) =>
    typeof key === 'string' && /(^id|Ids?|[vV]ersion|^token)$/.test(key) && !optional.has(key);

  test.each(named(writes))('%s', async (_, row) => {
    const person = await caller(row);
    const [call] = await callsOf(row, person);
    if (!call) return;
    await unchanged(async () => {
      for (const place of placesIn(call.body).filter((path) => needed(path.at(-1))))
        for (const body of [
          without(call.body, place),
          withValue(call.body, place, null),
          withValue(call.body, place, undefined),
        ]) {
          const outcome = await ask(row, person, withBody(call, body));
          expect(isRefusal(outcome.code), `${place.join('.')}: ${outcome.code}`).toBe(true);
        }
    });
  });
});

describe('what PostgreSQL cannot hold', () => {
  test.each(named(writes))('%s', async (_, row) => {
    const person = await caller(row);
    for (const { body, ...call } of await callsOf(row, person))
      for (const place of placesIn(body)) {
        const now = valueAt(body, place);
        const others = typeof now === 'string' ? texts : typeof now === 'number' ? numbers : [];
        for (const other of others) {
          const outcome = await ask(row, person, withBody(call, withValue(body, place, other)));
          expect(outcome.code, `${place.join('.')} = ${JSON.stringify(other)}`).not.toBe(
            'UNEXPECTED',
          );
        }
      }
  });
});

/** How many rows hold a value that only a forbidden column could have brought, and who may what. */
async function consequences() {
  const tables = Object.keys(await fingerprint());
  const values = Object.values(marks).map(String);
  const found = await ownerSql<{ name: string; count: number }>(
    tables
      .map(
        (name) =>
          `SELECT '${name}' AS "name", count(*)::int AS "count" FROM "${name}" t WHERE ${values
            .map((_, at) => `strpos(to_jsonb(t)::text, $${at + 1}) > 0`)
            .join(' OR ')}`,
      )
      .join(' UNION ALL '),
    values.map((value) => value.replace('.000Z', '')),
  );
  const [state] = await ownerSql<Record<string, number>>(`SELECT
    (SELECT count(*)::int FROM "Member" WHERE "role" = 'admin') AS "admins",
    (SELECT count(*)::int FROM "Invitation" WHERE "role" = 'admin') AS "invitedAdmins",
    (SELECT count(*)::int FROM "Example" WHERE "status" = 'approved') AS "approved",
    (SELECT count(*)::int FROM "Review" WHERE "decision" = 'approve') AS "approvals",
    (SELECT count(*)::int FROM "Review" WHERE "via" = 'token') AS "byToken",
    (SELECT count(*)::int FROM "Example" WHERE "split" IS NOT NULL) AS "placed",
    (SELECT count(*)::int FROM "Release" WHERE "state" = 'frozen') AS "frozen",
    (SELECT count(*)::int FROM "Revision" WHERE "origin" = 'model_draft') AS "byModel",
    (SELECT count(*)::int FROM "User" WHERE "isSample") AS "samplePeople",
    (SELECT count(*)::int FROM "Workspace" WHERE "isSample") AS "samplePlaces",
    (SELECT count(*)::int FROM "Brief" WHERE "approvedById" IS NOT NULL) AS "approvedBriefs",
    (SELECT count(*)::int FROM "Member" WHERE "workspaceId" = '${theirs.workspace.id}') AS "theirPeople"`);
  return { marked: found.filter(({ count }) => count > 0), ...state };
}

describe('columns that no caller may set', () => {
  /** What the call is for. */
  const effect: Record<string, Record<string, number>> = {
    createWorkspaceAction: { admins: 1 },
    approveBriefAction: { approvedBriefs: 1 },
    removeSampleAction: { samplePlaces: -1 },
    'POST /api/w/[workspace]/datasets/[datasetId]/review/decisions': { approved: 1, approvals: 1 },
  };
  /** Keys of the list that a schema takes all the same, and why. */
  const taken: Record<string, string[]> = {
    // Made by the caller, so that a repeated request makes one example; never one that exists.
    createExampleAction: ['id'],
    'POST /api/w/[workspace]/examples': ['id'],
  };

  test.each(named(writes))('%s', async (_, row) => {
    const person = await caller(row);
    const [call] = await callsOf(row, person);
    if (!call) return;
    const before = await consequences();
    expect(before.marked).toEqual([]);
    const outcome = await ask(row, person, withBody(call, withForbidden(call.body)));
    if (outcome.code === 'INVALID') {
      // Refused as a whole: then each alone must be.
      for (const [key, value] of Object.entries(forbidden)) {
        const body = call.body as Record<string, unknown>;
        if (key in body || taken[row.id]?.includes(key)) continue;
        const alone = await ask(row, person, withBody(call, { ...body, [key]: value }));
        expect(alone.code, key).toBe('INVALID');
      }
      expect(await consequences()).toEqual(before);
      return;
    }
    expect(outcome.code).toBe(row.expected ?? 'ok');
    const after = await consequences();
    const meant = Object.entries(effect[row.id] ?? {});
    for (const [name, by] of meant)
      Object.assign(before, { [name]: Number(before[name as keyof typeof before]) + by });
    expect(after).toEqual(before);
  });
});

describe('the source', () => {
  const files = ['lib', 'app', 'bin', 'prisma/seed']
    .flatMap((folder) => filesIn(folder, /\.(ts|tsx|mjs)$/))
    .filter((file) => !/\.test\.ts$/.test(file))
    .map((file) => [file, readFileSync(join(root, file), 'utf8')] as const);

  test('holds no query that is put together from text', () => {
    for (const [file, text] of files) {
      expect(text, file).not.toMatch(/\$(query|execute)RawUnsafe|Prisma\.raw\b/);
      // pg's own query: a template may hold names of this program, never a value of a request.
      for (const [call] of text.matchAll(/\.query\(\s*`[^`]*\$\{[^`]*`/g))
        expect(call, file).not.toMatch(
          /\$\{(input|body|query|params|parsed|request|filter|viewer)\b/,
        );
    }
  });

  test('spreads no parsed input into a condition, an order or what is written', () => {
    const source =
      /\.\.\.\(?(input|body|query|params|parsed|json|filter|changes|trial)\b(?!\.\w+ ===|\.\w+\s*\?)/;
    const clause = /\b(where|orderBy|data|select|include|create|update|connect|cursor):\s*/g;
    for (const [file, text] of files.filter(
      ([file]) => file.startsWith('lib/') || file.startsWith('app/'),
    ))
      for (const match of text.matchAll(clause)) {
        const after = text.slice((match.index ?? 0) + match[0].length);
        expect(after, file).not.toMatch(/^(input|body|query|params|parsed|json|trial)\b\s*[,})]/);
        if (!after.startsWith('{')) continue;
        expect(objectAt(after), `${file}: ${match[0]}`).not.toMatch(source);
      }
  });
});

/** The object literal at the beginning of a text. */
function objectAt(text: string): string {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return text.slice(0, at + 1);
  }
  return text;
}
