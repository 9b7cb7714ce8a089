// Every stored secret is sealed with another key: all of them or none, wherever it is cut off.
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { KeyChangeFault, requireNoApp, resealSecrets } from '@/lib/key-change';
import { queue, stopQueue } from '@/lib/queue';
import { sealedColumns } from '@/lib/sealed-columns';
import { openWith, sealWith } from '@/lib/secrets';
import { removeWebhook, rotateSecret, secretPlace } from '@/lib/webhooks/webhook-mutations';
import { ownerSql, testDatabase } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { readTables } from '@/tests/faults/snapshot';
import { addWebhook, allowOrigins } from '@/tests/webhook-receiver';

const origin = 'http://127.0.0.1:9';
allowOrigins(origin);
const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const next = key(8);
const keys = { current: '', next };

let team: Awaited<ReturnType<typeof createTeam>>;
/** What is to be in each column of each webhook, in clear. */
let clear: Record<string, { secret: string; oldSecret: string | null }>;

beforeEach(async () => {
  keys.current = env().APP_ENCRYPTION_KEY ?? '';
  await ownerSql('DELETE FROM "Webhook"');
  team = await createTeam('shop');
  clear = {};
  for (let n = 0; n < 4; n += 1) {
    const { id, secret } = await addWebhook(team.admin, origin);
    clear[id] = { secret, oldSecret: null };
  }
  for (const id of ids().slice(0, 2)) {
    const { secret } = await rotateSecret(team.admin, id);
    clear[id] = { secret, oldSecret: clear[id]?.secret ?? null };
  }
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const ids = () => Object.keys(clear).sort();
const stored = () =>
  db.webhook.findMany({
    select: { id: true, secret: true, oldSecret: true },
    orderBy: { id: 'asc' },
  });
const entries = () =>
  db.auditEvent.findMany({
    where: { action: 'installation.key_changed' },
    orderBy: { id: 'asc' },
    select: { workspaceId: true, actorId: true, data: true },
  });

/** Whether every secret opens with this key and is the one that it was. */
async function expectSealedWith(one: string): Promise<void> {
  const rows = await stored();
  expect(rows).toHaveLength(ids().length);
  for (const { id, secret, oldSecret } of rows) {
    const place = secretPlace(id);
    const other = one === next ? keys.current : next;
    for (const [sealed, text] of [
      [secret, clear[id]?.secret],
      [oldSecret, clear[id]?.oldSecret],
    ] as const) {
      if (text === null) {
        expect(sealed).toBeNull();
        continue;
      }
      expect(openWith(one, sealed ?? '', place)).toBe(text);
      expect(() => openWith(other, sealed ?? '', place)).toThrow();
    }
  }
}

test('the registry names every column that holds a sealed secret, and no other', async () => {
  const found = new Set<string>();
  for (const [table, rows] of Object.entries(await readTables(testDatabase().directUrl)))
    for (const row of rows)
      for (const [column, value] of Object.entries(row as Record<string, unknown>))
        if (/v1\.[A-Za-z0-9_-]{38,}/.test(JSON.stringify(value) ?? ''))
          found.add(`${table}.${column}`);
  expect([...found].sort()).toEqual(
    sealedColumns.map(({ table, column }) => `${table}.${column}`).sort(),
  );
});

describe('another key', () => {
  test('opens every secret, old ones too, and the one before opens none', async () => {
    await expectSealedWith(keys.current);
    const before = (await entries()).length;
    expect(await resealSecrets(keys)).toBe(6);
    await expectSealedWith(next);
    const recorded = await entries();
    expect(recorded).toHaveLength(before + 1);
    expect(recorded.at(-1)).toMatchObject({
      workspaceId: null,
      actorId: null,
      data: { secrets: 6, key: expect.stringMatching(/^[0-9a-f]{16}$/) },
    });
  });

  test('asked for again changes nothing and records nothing', async () => {
    await resealSecrets(keys);
    const [rows, recorded] = [await stored(), await entries()];
    expect(await resealSecrets(keys)).toBe(6);
    expect(await stored()).toEqual(rows);
    expect(await entries()).toEqual(recorded);
  });

  test('takes along what an app that knew both keys sealed meanwhile', async () => {
    const [id = ''] = ids();
    const secret = sealWith(next, clear[id]?.secret ?? '', secretPlace(id));
    await db.webhook.update({ where: { id }, data: { secret }, select: { id: true } });
    await resealSecrets(keys);
    await expectSealedWith(next);
    expect((await stored()).find((row) => row.id === id)?.secret).toBe(secret);
  });

  test('that is the present one is refused', async () => {
    await expect(resealSecrets({ ...keys, next: keys.current })).rejects.toThrow(KeyChangeFault);
    await expectSealedWith(keys.current);
  });
});

describe('killed', () => {
  /** The connection is ended by the database itself while it writes the last row of a column. */
  async function killAt(column: string, id: string): Promise<() => Promise<unknown>> {
    await ownerSql(`CREATE FUNCTION kill_me() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`);
    await ownerSql(`CREATE TRIGGER "kill_me" AFTER UPDATE OF "${column}" ON "Webhook" FOR EACH ROW
      WHEN (NEW."id" = '${id}') EXECUTE FUNCTION kill_me()`);
    return () => ownerSql('DROP FUNCTION kill_me() CASCADE');
  }

  test.each(['secret', 'oldSecret'] as const)(
    'in the middle of %s all are as they were, and the next run ends it',
    async (column) => {
      const [rows, recorded] = [await stored(), await entries()];
      const last = rows.filter((row) => row[column] !== null).at(-1);
      const restore = await killAt(column, last?.id ?? '');
      await expect(resealSecrets(keys)).rejects.toThrow();
      await restore();
      expect(await stored()).toEqual(rows);
      expect(await entries()).toEqual(recorded);
      await expectSealedWith(keys.current);
      expect(await resealSecrets(keys)).toBe(6);
      await expectSealedWith(next);
    },
  );
});

describe('refused, with nothing changed', () => {
  async function expectRefused(message: RegExp, given = keys): Promise<void> {
    const [rows, recorded] = [await stored(), await entries()];
    const refused = resealSecrets(given);
    await expect(refused).rejects.toBeInstanceOf(KeyChangeFault);
    await expect(refused).rejects.toThrow(message);
    expect(await stored()).toEqual(rows);
    expect(await entries()).toEqual(recorded);
  }

  test('the wrong key as the present one', async () => {
    await expectRefused(/^None of the 6 stored secrets opens/, { current: key(3), next });
    await expectSealedWith(keys.current);
  });

  test('secrets that were swapped between two rows; without these it goes on', async () => {
    const [one = '', other = ''] = ids().slice(2);
    await ownerSql(
      `UPDATE "Webhook" w SET "secret" = o."secret" FROM "Webhook" o
       WHERE (w."id", o."id") IN (($1::uuid, $2::uuid), ($2::uuid, $1::uuid))`,
      [one, other],
    );
    await expectRefused(
      new RegExp(`^2 of 6 stored secrets .* Webhook.secret ${one}, Webhook.secret ${other}\\.`),
    );
    for (const id of [one, other]) {
      await removeWebhook(team.admin, id);
      delete clear[id];
    }
    expect(await resealSecrets(keys)).toBe(4);
    await expectSealedWith(next);
  });

  test('a secret of which a bit was flipped', async () => {
    const [id = ''] = ids();
    const { secret } = await db.webhook.findUniqueOrThrow({ where: { id } });
    const bytes = Buffer.from(secret.slice(3), 'base64url');
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await ownerSql('UPDATE "Webhook" SET "secret" = $1 WHERE "id" = $2::uuid', [
      `v1.${bytes.toString('base64url')}`,
      id,
    ]);
    await expectRefused(new RegExp(`^1 of 6 stored secrets .* Webhook.secret ${id}\\.`));
  });
});

test('while the app works on the database nobody may begin', async () => {
  await queue();
  await expect(requireNoApp(0)).rejects.toThrow(/^Apprentice works on this database\. Stop it/);
  await stopQueue(0);
  await expect(requireNoApp()).resolves.toBeUndefined();
});
