// The record against somebody with the whole database server in their hands: every change is
// named. And against a crowd: no fork, no gap, nothing passed over.
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnchors, writeAnchor } from '@/lib/audit/anchors';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { INSTALLATION_CHAIN } from '@/lib/audit/seal-rules';
import { freshBookmark, sealPending } from '@/lib/audit/sealer';
import { anchorHeads, findHead } from '@/lib/audit/sealing';
import { verifyRecord } from '@/lib/audit/verify-record';
import { db, disconnect, pool } from '@/lib/db';
import { env } from '@/lib/env';
import { readSigningKey } from '@/lib/exports/manifest';
import { appSql, testDatabase } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';

let superuser: pg.Pool;

beforeAll(() => {
  superuser = new pg.Pool({ connectionString: testDatabase().superuserUrl, max: 1 });
  // Dropping the database ends a connection that is still being closed; that is expected here.
  superuser.on('error', () => {});
});
afterAll(async () => {
  await superuser.end();
  await disconnect();
});

/** SQL past every trigger and foreign key, as a restored disk or a debugger could write. */
async function asSuperuser(...statements: [string, unknown[]?][]): Promise<void> {
  const client = await superuser.connect();
  await client.query('SET session_replication_role = replica');
  for (const [sql, values] of statements) await client.query(sql, values);
  await client.query('SET session_replication_role = origin');
  client.release();
}

const write = (workspaceId: string, count: number) =>
  db.$transaction((tx) =>
    recordAudit(
      tx,
      { userId: randomUUID(), workspaceId, via: 'session' },
      ...Array.from({ length: count }, (_, n) => ({
        action: 'example.submitted' as const,
        subjectType: 'example',
        subjectId: randomUUID(),
        data: { n },
      })),
    ),
  );

/** A workspace whose record has entries 1 to `count`, sealed and anchored. */
async function createRecord(count = 10): Promise<{ chain: string; ids: string[] }> {
  const { workspace } = await createTeam();
  for (let n = 0; n < count; n += 1) await write(workspace.id, 1);
  await anchorHeads(await sealPending());
  const seals = await db.auditSeal.findMany({
    where: { chain: workspace.id },
    orderBy: { sequence: 'asc' },
    select: { eventId: true },
  });
  return { chain: workspace.id, ids: seals.map((seal) => seal.eventId) };
}

const key = () => readSigningKey(env().SIGNING_KEY ?? '');

async function verifyChain(chain: string, anchors?: Awaited<ReturnType<typeof readAnchors>>) {
  const { faults, notes } = await verifyRecord(pool(), {
    anchors: anchors ?? (await readAnchors()),
    key: key(),
  });
  const ofChain = (one: { chain: string }) => one.chain === chain;
  return { faults: faults.filter(ofChain), notes: notes.filter(ofChain) };
}
const faultsOf = async (...of: Parameters<typeof verifyChain>) => (await verifyChain(...of)).faults;

describe('a superuser who', () => {
  test('does nothing is not accused', async () => {
    const { chain } = await createRecord();
    expect(await faultsOf(chain)).toEqual([]);
  });

  test.each([
    ['the action', `"action" = 'example.retired'`],
    ['the person', `"actorId" = uuidv7()`],
    ['a number', `"data" = '{"n": 99}'`],
    ['a microsecond', `"at" = "at" + interval '1 microsecond'`],
    ['the subject', `"subjectId" = NULL`],
  ])('edits %s of an entry', async (_, change) => {
    const { chain, ids } = await createRecord();
    await asSuperuser([`UPDATE "AuditEvent" SET ${change} WHERE "id" = $1`, [ids[4]]]);
    const [fault] = await faultsOf(chain);
    expect(fault).toMatchObject({ sequence: 5 });
    expect(fault?.message).toContain('entry 5 is not what was sealed');
    expect(fault?.message).toContain(ids[4]);
  });

  test('moves an entry to another workspace', async () => {
    const { chain, ids } = await createRecord();
    const other = await createRecord();
    await asSuperuser([
      `UPDATE "AuditEvent" SET "workspaceId" = $2 WHERE "id" = $1`,
      [ids[4], other.chain],
    ]);
    expect((await faultsOf(chain))[0]?.message).toContain('entry 5 was moved to another workspace');
  });

  test('deletes an entry and leaves its seal', async () => {
    const { chain, ids } = await createRecord();
    await asSuperuser([`DELETE FROM "AuditEvent" WHERE "id" = $1`, [ids[2]]]);
    expect((await faultsOf(chain))[0]?.message).toContain('entry 3 was deleted');
  });

  test('deletes an entry with its seal', async () => {
    const { chain, ids } = await createRecord();
    await asSuperuser(
      [`DELETE FROM "AuditSeal" WHERE "eventId" = $1`, [ids[2]]],
      [`DELETE FROM "AuditEvent" WHERE "id" = $1`, [ids[2]]],
    );
    expect((await faultsOf(chain))[0]).toMatchObject({
      sequence: 3,
      message: 'entry 3 is missing',
    });
  });

  test('deletes an entry and closes the gap', async () => {
    const { chain, ids } = await createRecord();
    await asSuperuser(
      [`DELETE FROM "AuditSeal" WHERE "eventId" = $1`, [ids[2]]],
      [`DELETE FROM "AuditEvent" WHERE "id" = $1`, [ids[2]]],
      [
        `UPDATE "AuditSeal" SET "sequence" = -"sequence" WHERE "chain" = $1 AND "sequence" > 3`,
        [chain],
      ],
      [
        `UPDATE "AuditSeal" SET "sequence" = -"sequence" - 1 WHERE "chain" = $1 AND "sequence" < 0`,
        [chain],
      ],
    );
    expect((await faultsOf(chain))[0]?.message).toContain('entry 3 is not what was sealed');
  });

  test('puts an entry in, with a place of its own', async () => {
    const { chain, ids } = await createRecord();
    const put = randomUUID();
    await asSuperuser(
      [
        `UPDATE "AuditSeal" SET "sequence" = -"sequence" WHERE "chain" = $1 AND "sequence" > 5`,
        [chain],
      ],
      [
        `UPDATE "AuditSeal" SET "sequence" = -"sequence" + 1 WHERE "chain" = $1 AND "sequence" < 0`,
        [chain],
      ],
      [
        `INSERT INTO "AuditEvent" ("id", "workspaceId", "action", "subjectType", "data", "at")
         SELECT $1, "workspaceId", 'review.approved', 'example', '{}', "at" FROM "AuditEvent" WHERE "id" = $2`,
        [put, ids[4]],
      ],
      [
        `INSERT INTO "AuditSeal" ("chain", "sequence", "eventId", "hash") VALUES ($1, 6, $2, repeat('ab', 32))`,
        [chain, put],
      ],
    );
    const [fault] = await faultsOf(chain);
    expect(fault).toMatchObject({ sequence: 6 });
    expect(fault?.message).toContain(put);
  });

  test('puts an entry in and dates it back, before and after it is sealed', async () => {
    const { chain } = await createRecord();
    const put = randomUUID();
    await asSuperuser([
      `INSERT INTO "AuditEvent" ("id", "workspaceId", "action", "subjectType", "data", "at")
       VALUES ($1, $2, 'review.approved', 'example', '{}', now() - interval '2 days')`,
      [put, chain],
    ]);
    const [unsealed] = (await verifyChain(chain)).notes;
    expect(unsealed?.message).toContain('put in later and dated back');
    expect(unsealed?.message).toContain(put);
    await sealPending();
    const { faults, notes } = await verifyChain(chain);
    expect(faults).toEqual([]);
    expect(notes).toMatchObject([{ sequence: 11 }]);
    expect(notes[0]?.message).toContain('put in later and dated back');
    expect(notes[0]?.message).toContain(put);
  });

  test('swaps two entries', async () => {
    const { chain, ids } = await createRecord();
    const [third, seventh] = [ids[2], ids[6]];
    const third_ = randomUUID();
    await asSuperuser(
      [`UPDATE "AuditSeal" SET "eventId" = $2 WHERE "eventId" = $1`, [third, third_]],
      [`UPDATE "AuditSeal" SET "eventId" = $2 WHERE "eventId" = $1`, [seventh, third]],
      [`UPDATE "AuditSeal" SET "eventId" = $2 WHERE "eventId" = $1`, [third_, seventh]],
    );
    const [fault] = await faultsOf(chain);
    expect(fault).toMatchObject({ sequence: 3 });
    expect(fault?.message).toContain(seventh);
  });

  test('cuts the tail', async () => {
    const { chain, ids } = await createRecord();
    const cut = ids.slice(7);
    await asSuperuser(
      [`DELETE FROM "AuditSeal" WHERE "eventId" = ANY($1)`, [cut]],
      [`DELETE FROM "AuditEvent" WHERE "id" = ANY($1)`, [cut]],
    );
    const [fault] = await faultsOf(chain);
    expect(fault).toMatchObject({ sequence: 8 });
    expect(fault?.message).toContain('the record ends at entry 7, but entry 10 was anchored');
    expect(await faultsOf(chain, new Map()), 'the chain alone cannot know').toEqual([]);
  });

  test('removes a whole chain', async () => {
    const { chain } = await createRecord();
    await asSuperuser(
      [`DELETE FROM "AuditSeal" WHERE "chain" = $1`, [chain]],
      [`DELETE FROM "AuditEvent" WHERE "workspaceId" = $1`, [chain]],
    );
    expect((await faultsOf(chain))[0]).toMatchObject({ sequence: 1 });
  });

  test('rewrites an entry and seals everything after it again', async () => {
    const { chain, ids } = await createRecord(6);
    for (let n = 0; n < 4; n += 1) await write(chain, 1);
    await anchorHeads(await sealPending());
    const sealed = `"eventId" IN (SELECT "id" FROM "AuditEvent" WHERE "workspaceId" = '${chain}')`;
    await asSuperuser(
      [`UPDATE "AuditEvent" SET "action" = 'example.retired' WHERE "id" = $1`, [ids[2]]],
      [`DELETE FROM "AuditSeal" WHERE ${sealed} AND "sequence" >= 3`],
    );
    await sealPending();
    const [fault] = await faultsOf(chain);
    expect(fault).toMatchObject({ sequence: 1 });
    expect(fault?.message).toMatch(/an entry from 1 to 6 was rewritten: at .+ anchored/);
    expect(await faultsOf(chain, new Map()), 'the chain alone cannot know').toEqual([]);
  });

  test('forges an anchor', async () => {
    const { chain } = await createRecord();
    const anchors = await readAnchors();
    const [anchor] = anchors.get(chain) ?? [];
    if (!anchor) throw new Error('no anchor');
    anchors.set(chain, [{ ...anchor, hash: 'ab'.repeat(32) }]);
    expect((await faultsOf(chain, anchors))[0]?.message).toContain('signature');
  });
});

describe('a clock that was wrong for a while', () => {
  /** Entries 1 to 3 of now, 4 to 6 of tomorrow, 7 to 10 of now; sealed and anchored. */
  async function createWithStep() {
    const { chain } = await createRecord(3);
    for (let n = 0; n < 3; n += 1)
      await db.auditEvent.create({
        data: {
          workspaceId: chain,
          action: 'example.submitted',
          subjectType: 'example',
          data: {},
          at: new Date(Date.now() + 86_400_000 + n),
        },
      });
    await sealPending();
    for (let n = 0; n < 4; n += 1) await write(chain, 1);
    const waiting = await verifyChain(chain);
    await anchorHeads(await sealPending());
    const seals = await db.auditSeal.findMany({
      where: { chain },
      orderBy: { sequence: 'asc' },
      select: { eventId: true },
    });
    return { chain, waiting, ids: seals.map(({ eventId }) => eventId) };
  }

  test('is noted once, from entry to entry, and is no fault', async () => {
    const { chain, waiting } = await createWithStep();
    expect(waiting.faults, 'while the next entries wait for their seal').toEqual([]);
    const { faults, notes } = await verifyChain(chain);
    expect(faults).toEqual([]);
    expect(notes).toMatchObject([{ chain, sequence: 7 }]);
    expect(notes[0]?.message).toMatch(/^the clock went back from entry 6 of .+ to entry 7, or /);
  });

  test('hides no edit that comes after it', async () => {
    const { chain, ids } = await createWithStep();
    await asSuperuser([
      `UPDATE "AuditEvent" SET "subjectType" = 'release' WHERE "id" = $1`,
      [ids[8]],
    ]);
    const { faults, notes } = await verifyChain(chain);
    expect(faults).toMatchObject([{ sequence: 9 }]);
    expect(faults[0]?.message).toContain(ids[8]);
    expect(notes).toHaveLength(1);
  });

  test('hides no tail that was cut after it', async () => {
    const { chain, ids } = await createWithStep();
    const cut = ids.slice(8);
    await asSuperuser(
      [`DELETE FROM "AuditSeal" WHERE "eventId" = ANY($1)`, [cut]],
      [`DELETE FROM "AuditEvent" WHERE "id" = ANY($1)`, [cut]],
    );
    expect((await verifyChain(chain)).faults).toMatchObject([{ sequence: 9 }]);
  });
});

describe('seals', () => {
  test('are refused with a gap, a fork and in another chain, also to the app', async () => {
    const { chain, ids } = await createRecord(3);
    await write(chain, 1);
    const event = await db.auditEvent.findFirstOrThrow({
      where: { workspaceId: chain, id: { notIn: ids } },
      select: { id: true },
    });
    const seal = `INSERT INTO "AuditSeal" ("chain", "sequence", "eventId", "hash") VALUES ($1, $2, $3, repeat('ab', 32))`;
    await expect(appSql(seal, [chain, 5, event.id])).rejects.toThrow('seal_out_of_sequence');
    // A fork, which the primary key refuses.
    await expect(appSql(seal, [chain, 3, event.id])).rejects.toThrow('AuditSeal_pkey');
    await expect(appSql(seal, [INSTALLATION_CHAIN, 1, event.id])).rejects.toThrow(
      /seal_in_other_chain|seal_out_of_sequence/,
    );
    await expect(appSql(seal, [chain, 4, ids[0]])).rejects.toThrow('AuditSeal_eventId_key');
    expect((await sealPending()).find((head) => head.chain === chain)?.sequence).toBe(4);
  });

  test('do not pass over an entry that commits late', async () => {
    const { chain } = await createRecord(1);
    const bookmark = freshBookmark();
    await sealPending(bookmark);
    const slow = await pool().connect();
    await slow.query('BEGIN');
    await slow.query(
      `INSERT INTO "AuditEvent" ("workspaceId", "action", "subjectType", "data") VALUES ($1, 'example.retired', 'example', '{}')`,
      [chain],
    );
    await write(chain, 2);
    await sealPending(bookmark);
    await write(chain, 1);
    await sealPending(bookmark);
    await slow.query('COMMIT');
    slow.release();
    await sealPending(bookmark);
    const events = await db.auditEvent.count({ where: { workspaceId: chain } });
    expect(events).toBe(5);
    expect(await db.auditSeal.count({ where: { chain } })).toBe(events);
    expect(await faultsOf(chain)).toEqual([]);
  });

  test('the installation has a chain of its own', async () => {
    await db.$transaction((tx) =>
      recordAudit(
        tx,
        { userId: null, workspaceId: null, via: 'session' },
        { action: 'session.started', subjectType: 'session' },
      ),
    );
    await sealPending();
    const head = await findHead(INSTALLATION_CHAIN);
    expect(head?.sequence).toBeGreaterThan(0);
    expect(await faultsOf(INSTALLATION_CHAIN)).toEqual([]);
  });

  test('an anchor that was torn in the middle does not spoil the next', async () => {
    const { chain } = await createRecord(2);
    const head = await findHead(chain);
    if (!head) throw new Error('no head');
    const { appendFile } = await import('node:fs/promises');
    const { join } = await import('node:path');
    await appendFile(join(env().DATA_DIR, `record/${chain}.jsonl`), '{"chain":"');
    await writeAnchor(head);
    expect((await readAnchors()).get(chain)).toHaveLength(2);
  });
});

test('fifty writers and three sealers at once make one chain, whole', async () => {
  const { workspace } = await createTeam();
  let isWriting = true;
  const sealers = [1, 2, 3].map(async () => {
    const bookmark = freshBookmark();
    while (isWriting) await sealPending(bookmark);
    await sealPending(bookmark);
  });
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      for (let n = 0; n < 10; n += 1) await write(workspace.id, 1 + (n % 3));
    }),
  );
  isWriting = false;
  await Promise.all(sealers);
  const events = await db.auditEvent.count({ where: { workspaceId: workspace.id } });
  const seals = await db.auditSeal.findMany({
    where: { chain: workspace.id },
    orderBy: { sequence: 'asc' },
    select: { sequence: true, eventId: true },
  });
  expect(seals.map((seal) => seal.sequence)).toEqual(
    Array.from({ length: events }, (_, index) => index + 1),
  );
  expect(new Set(seals.map((seal) => seal.eventId)).size).toBe(events);
  expect(await faultsOf(workspace.id)).toEqual([]);
});

const tables = ['AuditEvent', 'AuditSeal'] as const;

test('an old dump that is restored shows, and still does when work goes on', async () => {
  const { chain } = await createRecord();
  const dump = new Map<string, string>();
  for (const table of tables) {
    const client = await superuser.connect();
    dump.set(table, await text(client.query(copyTo(`COPY "${table}" TO STDOUT`))));
    client.release();
  }
  await write(chain, 5);
  await anchorHeads(await sealPending());
  expect(await faultsOf(chain)).toEqual([]);

  const client = await superuser.connect();
  await client.query('SET session_replication_role = replica');
  await client.query('TRUNCATE "AuditSeal", "AuditEvent"');
  for (const table of tables)
    await pipeline(
      Readable.from([dump.get(table) ?? '']),
      client.query(copyFrom(`COPY "${table}" FROM STDIN`)),
    );
  await client.query('SET session_replication_role = origin');
  client.release();

  const [rolledBack] = await faultsOf(chain);
  expect(rolledBack).toMatchObject({ sequence: 11 });
  expect(rolledBack?.message).toContain('the record ends at entry 10, but entry 15 was anchored');

  await write(chain, 9);
  await anchorHeads(await sealPending());
  const [goesOn] = await faultsOf(chain);
  expect(goesOn).toMatchObject({ sequence: 11 });
  expect(goesOn?.message).toContain('an entry from 11 to 15 was rewritten');
});
