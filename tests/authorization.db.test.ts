// Every server action and every route handler that exists, called by everybody: those who may,
// those who may not, strangers with foreign ids, disabled and signed-out people, other sites.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { type Role, roles } from '@/lib/permissions';
import { stopQueue } from '@/lib/queue';
import {
  actionFiles,
  ask as askIn,
  fingerprint,
  inWorkspace,
  isGet,
  isOperation,
  isRoute,
  loadEntries,
  type Outcome,
  root,
  routeFiles,
  unchanged,
} from '@/tests/authorization-calls';
import type { Call, Row } from '@/tests/authorization-rows';
import { createScene, type Person, type Scene } from '@/tests/authorization-scene';
import { authorizationTable } from '@/tests/authorization-table';
import { endOpenJobs } from '@/tests/open-jobs';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let entries: string[];
let ours: Scene;
let theirs: Scene;
let disabled: Person;

beforeAll(async () => {
  entries = await loadEntries();
  ours = await createScene('Ours');
  theirs = await createScene('Theirs');
  disabled = await ours.person('admin');
  await db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } });
});
// No worker runs here, and a workspace has only so many places for jobs.
beforeEach(endOpenJobs);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** A call in our workspace, where nothing else is said. */
const ask = (row: Row, as: Person | null, call: Call, over: Parameters<typeof askIn>[3] = {}) =>
  askIn(row, as, call, { ...(inWorkspace(row) ? { slug: ours.workspace.slug } : {}), ...over });

/**
 * What changes without an entry, and why. Everything else that a call changes stands in the record.
 */
const unrecorded: Record<string, string> = {
  WorkingCopy: 'what somebody types and has not saved is nobody else\u2019s business yet',
  Claim: 'a lease of ten minutes; the decision that follows is recorded',
  Ballot: 'an example shown for a vote, its sides drawn; the vote that follows is recorded',
  ApiRequest: 'keys of repeatable requests; what was done for them is recorded',
  RateLimit: 'counters of the throttle; refusals and the throttle itself are recorded',
};

/** Runs a call; where it changed anything, the record must have grown by it. */
async function recorded(row: Row, call: () => Promise<Outcome>): Promise<Outcome> {
  const without = [...Object.keys(unrecorded), 'AuditEvent'];
  const before = await fingerprint(without);
  const entries = await db.auditEvent.count();
  const outcome = await call();
  const after = await fingerprint(without);
  const changed = Object.keys(after).filter((name) => after[name] !== before[name]);
  if (changed.length > 0)
    expect(
      await db.auditEvent.count(),
      `${row.id} changed ${changed.join(', ')} without an entry`,
    ).toBeGreaterThan(entries);
  return outcome;
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const namesIds = (call: Call) => JSON.stringify(call).match(uuid) !== null;
/** The same call about things that nobody has. */
function missing(call: Call): Call {
  const swapped = new Map<string, string>();
  const text = JSON.stringify(call).replace(uuid, (id) => {
    if (!swapped.has(id)) swapped.set(id, randomUUID());
    return swapped.get(id) ?? id;
  });
  return JSON.parse(text) as Call;
}

const table = [...authorizationTable];
const roleRows = table.filter((row) => roles.includes(row.lowest as Role));
const named = (rows: Row[]) => rows.map((row) => [row.id, row] as const);
const rank = (role: Role) => roles.indexOf(role);

describe('the table', () => {
  test('has a row for everything that can be called, and nothing else', () => {
    expect(table.map((row) => row.id).sort()).toEqual([...entries].sort());
    expect(roles).toEqual(['writer', 'reviewer', 'admin']);
  });

  test('every action and every handler begins with its guard', () => {
    // Calls a guarded action and then leaves the page.
    const wrapped = ['signOutAction'];
    for (const file of actionFiles) {
      const text = readFileSync(join(root, file), 'utf8');
      for (const [, name, guard] of text.matchAll(
        /^export (?:const|(?:async )?function) (\w+)(?: = (\w+)\()?/gm,
      )) {
        if (wrapped.includes(name ?? '')) continue;
        expect(`${name} ${guard}`).toMatch(/ (authedAction|signedInAction|publicAction)$/);
      }
    }
    for (const file of routeFiles)
      expect(readFileSync(join(root, file), 'utf8'), file).toMatch(/\b(route|serve)\(/);
  });
});

describe('a call in a workspace', () => {
  test.each(named(roleRows))('%s', async (_, row) => {
    const lowest = row.lowest as Role;
    const call = await row.call(ours, await ours.person('admin'));
    const nowhere = missing(call);

    await unchanged(async () => {
      expect(await ask(row, null, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect(await ask(row, disabled, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
      for (const role of roles.filter((one) => rank(one) < rank(lowest)))
        expect(await ask(row, ours[role], call), role).toMatchObject({ code: 'FORBIDDEN' });

      // The admin of another workspace: this one does not exist for them, nor does what is in it.
      if (/\[workspace\]/.test(row.id) || !isRoute(row.id)) {
        const stranger = await ask(row, theirs.admin, call);
        expect(stranger).toMatchObject({ code: 'NOT_FOUND' });
        expect(stranger).toEqual(await ask(row, theirs.admin, nowhere, { slug: 'no-such-place' }));
      }
      if (namesIds(call)) {
        const slug = theirs.workspace.slug;
        const foreign = await ask(row, theirs.admin, call, { slug });
        expect(foreign.code).toBe(row.foreign ? 'ok' : 'NOT_FOUND');
        expect(foreign).toEqual(await ask(row, theirs.admin, nowhere, { slug }));
      }
    });

    for (const role of roles.filter((one) => rank(one) >= rank(lowest))) {
      const caller = await ours.person(role);
      const own = await row.call(ours, caller);
      const outcome = await recorded(row, () => ask(row, caller, own));
      expect(outcome, role).toMatchObject({ code: row.expected ?? 'ok' });
    }
  });
});

test('a job is stopped by the person who began it, and by admins', async () => {
  const row = table.find(({ id }) => id.endsWith('/jobs/[jobId]/cancel'));
  if (!row) throw new Error('no row');
  const call = { params: { jobId: await ours.job(ours.admin, { kind: 'run.train' }) } };
  await unchanged(async () => {
    for (const person of [ours.writer, ours.reviewer])
      expect(await ask(row, person, call)).toMatchObject({ code: 'FORBIDDEN' });
  });
  expect(await ask(row, await ours.person('admin'), call)).toMatchObject({ code: 'ok' });
});

describe('a call outside any workspace', () => {
  const rows = table.filter((row) => row.lowest === 'signed in' || row.lowest === 'public');
  test.each(named(rows))('%s', async (_, row) => {
    const caller = await ours.person('admin');
    const call = await row.call(ours, caller);
    if (row.lowest === 'signed in') {
      await unchanged(async () => {
        expect(await ask(row, null, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
        expect(await ask(row, disabled, call)).toMatchObject({ code: 'UNAUTHENTICATED' });
        if (!namesIds(call)) return;
        const foreign = await ask(row, theirs.admin, call);
        expect(foreign).toMatchObject({ code: 'NOT_FOUND' });
        expect(foreign).toEqual(await ask(row, theirs.admin, missing(call)));
      });
    }
    if (row.elsewhere) return;
    const as = row.lowest === 'public' ? null : caller;
    const outcome = await recorded(row, () => ask(row, as, call));
    expect(outcome).toMatchObject({ code: row.expected ?? 'ok' });
  });
});

describe('a write that another site sends', () => {
  const origins: [string, string | null][] = [
    ['another site', 'https://evil.example'],
    ['a page without an origin', 'null'],
    ['nobody says where from', null],
    ['a name that begins like ours', 'http://127.0.0.1:3000.evil.example'],
    ['another port', 'http://127.0.0.1:3001'],
  ];
  // A browser sends no token by itself: who sends one is asked for nothing else.
  const writes = table.filter((row) => !isGet(row.id) && !isOperation(row.id));

  test.each(named(writes))('%s', async (_, row) => {
    const caller = await ours.person('admin');
    const call = await row.call(ours, caller);
    await unchanged(async () => {
      for (const [from, origin] of origins) {
        const outcome = await ask(row, caller, call, { headers: { origin } });
        // Signing out leads to the sign-in page whatever came of it.
        if (row.id === 'signOutAction') continue;
        expect(outcome.code, from).toBe('FORBIDDEN');
        expect(outcome.message, from).toContain('errors.crossSite');
      }
    });
  });

  test('reading changes nothing but the record', async () => {
    for (const row of table.filter(({ id }) => isGet(id))) {
      const caller = await ours.person('admin');
      const call = await row.call(ours, caller);
      await unchanged(async () => {
        await ask(row, caller, call, { headers: { origin: 'https://evil.example' } });
      }, ['AuditEvent']);
    }
  });
});
