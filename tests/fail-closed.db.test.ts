// When the database does not answer a question about rights, the answer is no; and what leaves the
// server then, or ever, holds nothing about its inside or about other people.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { type Role, roles } from '@/lib/permissions';
import { stopQueue } from '@/lib/queue';
import {
  ask as askIn,
  inWorkspace,
  isGet,
  isOperation,
  loadEntries,
  type Outcome,
  unchanged,
} from '@/tests/authorization-calls';
import type { Call, Row } from '@/tests/authorization-rows';
import { createScene, type Person, type Scene } from '@/tests/authorization-scene';
import { authorizationTable } from '@/tests/authorization-table';
import { ownerSql } from '@/tests/database';
import { createExample } from '@/tests/factories-examples';
import { endOpenJobs } from '@/tests/open-jobs';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

let ours: Scene;
let theirs: Scene;
const canary = 'A canary of the other company';
beforeAll(async () => {
  await loadEntries();
  ours = await createScene('Ours');
  theirs = await createScene('Theirs, not ours');
  await createExample(theirs.writer.viewer, theirs.datasetId, { reply: canary, topic: canary });
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const ask = (row: Row, as: Person | null, call: Call) =>
  askIn(row, as, call, inWorkspace(row) ? { slug: ours.workspace.slug } : {});
const rows = authorizationTable.filter(({ elsewhere }) => !elsewhere);
const textOf = ({ body, message, headers }: Outcome) =>
  [
    typeof body === 'string' ? body : JSON.stringify(body ?? null),
    message,
    ...[...(headers ?? [])].flat(),
  ].join('\n');

/** Of SQL, of the libraries, of folders, of a stack. */
const inside =
  /permission denied|relation "|"(Member|Session|User)"|\bSELECT\b|\bprisma\b|node_modules|\/lib\/|\.ts:\d|\bat \w+ \(|ECONNREFUSED|apprentice_(app|owner)/i;

describe.each(['Member', 'Session', 'ApiToken'])('while %s cannot be read', (table) => {
  test('nothing is answered, nothing is changed, nothing about the inside is said', async () => {
    const asked = rows.filter(({ lowest }) => lowest !== 'public');
    const calls: [Row, Person, Call][] = [];
    for (const row of asked) {
      // Outside a workspace no membership is asked for.
      if (table === 'Member' && !inWorkspace(row)) continue;
      // Pages know sessions, programs tokens.
      if (table === (isOperation(row.id) ? 'Session' : 'ApiToken')) continue;
      const person = await ours.person('admin');
      calls.push([row, person, await row.call(ours, person)]);
    }
    expect(calls.length).toBeGreaterThan(table === 'ApiToken' ? 7 : 50);
    await unchanged(async () => {
      await ownerSql(`REVOKE SELECT ON "${table}" FROM apprentice_app`);
      try {
        for (const [row, person, call] of calls) {
          const outcome = await ask(row, person, call);
          expect.soft(outcome.code, row.id).toBe('UNEXPECTED');
          expect.soft(textOf(outcome), row.id).not.toMatch(inside);
        }
      } finally {
        await ownerSql(`GRANT SELECT ON "${table}" TO apprentice_app`);
      }
    });
    // The same calls pass once the question is answered again.
    const [row, person, call] = calls[0] ?? [];
    if (row && person && call) expect(await ask(row, person, call)).toMatchObject({ code: 'ok' });
  });
});

test('a write that cannot be recorded is not done', async () => {
  const writes: [Row, Person, Call][] = [];
  for (const row of rows.filter(({ id, lowest }) => !isGet(id) && roles.includes(lowest as Role))) {
    const person = await ours.person(row.lowest as Role);
    writes.push([row, person, await row.call(ours, person)]);
  }
  // What is typed, leased, shown for a vote or only read leaves no entry; the text that stands there
  // already is none, and neither is a second look.
  const unrecorded =
    /working-copy|discardWorkingCopy|review\/(queue|claims)|tryRules|findExcluded|findAnswers|findLine|openModelAnswers|takeBallot|askModel|cancel|quotes|bulk|restoreRevision/i;
  const recorded = writes.filter(([{ id }]) => !unrecorded.test(id));
  expect(recorded.length).toBeGreaterThan(30);
  await unchanged(async () => {
    await ownerSql('REVOKE INSERT ON "AuditEvent" FROM apprentice_app');
    try {
      for (const [row, person, call] of recorded) {
        const outcome = await ask(row, person, call);
        expect.soft(outcome.code, row.id).toBe('UNEXPECTED');
        expect.soft(textOf(outcome), row.id).not.toMatch(inside);
      }
    } finally {
      await ownerSql('GRANT INSERT ON "AuditEvent" TO apprentice_app');
    }
    // Nobody knows what a request did that failed in the middle, so its key stays taken.
  }, ['ApiRequest']);
});

test('no answer to anybody holds a secret, or anything of people and companies that are not theirs', async () => {
  const secrets = await ownerSql<{ value: string }>(`
    SELECT "passwordHash" AS "value" FROM "User" WHERE "passwordHash" IS NOT NULL
    UNION SELECT "tokenHash" FROM "Invitation" UNION SELECT "tokenHash" FROM "OneTimeLink"
    UNION SELECT "tokenHash" FROM "ApiToken"
    UNION SELECT "splitSeed" FROM "Dataset" UNION SELECT "fileKey" FROM "Import"
    UNION SELECT "fileKey" FROM "Export" UNION SELECT "adapterKey" FROM "Model"
    UNION SELECT "secret" FROM "Webhook"`);
  const strangers = await ownerSql<{ value: string }>(
    `SELECT "email" AS "value" FROM "User" u WHERE NOT EXISTS
       (SELECT 1 FROM "Member" m WHERE m."userId" = u."id" AND m."workspaceId" = $1)
     UNION SELECT "id"::text FROM "Example" WHERE "workspaceId" <> $1
     UNION SELECT "name" FROM "Workspace" WHERE "id" <> $1`,
    [ours.workspace.id],
  );
  expect(secrets.length).toBeGreaterThan(2);
  expect(strangers.length).toBeGreaterThan(12);
  const values = [...secrets, ...strangers].map(({ value }) => value);
  const keys =
    /passwordHash|tokenHash|splitSeed|sessionVersion|fileKey|adapterKey|manifestKey|\$argon2|NEXTAUTH|SIGNING_KEY/;
  for (const row of rows) {
    // No worker runs here, and a workspace has only so many places for jobs.
    await endOpenJobs();
    for (const role of roles) {
      const person = await ours.person(role);
      const outcome = await ask(row, person, await row.call(ours, person));
      const text = textOf(outcome);
      expect.soft(text, row.id).not.toMatch(keys);
      if (outcome.code !== 'ok') expect.soft(text, row.id).not.toMatch(inside);
      expect.soft(text, row.id).not.toContain(canary);
      for (const value of values)
        if (text.includes(value)) expect.soft(`${row.id} as ${role} says`).toBe(value);
    }
  }
  // The oracle finds what there is to find.
  const [email] = await db.user.findMany({
    where: { id: theirs.admin.id },
    select: { email: true },
  });
  expect(values).toContain(email?.email);
});
