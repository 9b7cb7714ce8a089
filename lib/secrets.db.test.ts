// What whoever reads stored bytes, or moves them, gets of a secret.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { writeBackup } from '@/lib/backup/backup-write';
import { env } from '@/lib/env';
import { log } from '@/lib/log';
import { sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import { rotateSecret } from '@/lib/webhooks/webhook-mutations';
import { findDeliveries, findWebhooks, getWebhook } from '@/lib/webhooks/webhook-queries';
import { appSql, ownerSql, testDatabase } from '@/tests/database';
import { createTeam } from '@/tests/factories-examples';
import { createProvable } from '@/tests/factories-proofs';
import { readTables } from '@/tests/faults/snapshot';
import {
  addWebhook,
  allowOrigins,
  closeAll,
  deliverWaiting,
  logOf,
  startReceiver,
} from '@/tests/webhook-receiver';

const receiver = await startReceiver();
allowOrigins(receiver.origin);
afterAll(() => closeAll(receiver));

describe('S21 secrets at rest', () => {
  /** All that a file of the folder holds, as bytes. */
  const bytesIn = (folder: string) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(path.join(one.parentPath, one.name)));

  test('moved to another row a secret opens nothing, and nothing is sent', async () => {
    const [ours, theirs] = [await createTeam('shop'), await createTeam('rival')];
    const [first, second] = [
      await addWebhook(ours.admin, receiver.origin),
      await addWebhook(ours.admin, receiver.origin),
    ];
    const foreign = await addWebhook(theirs.admin, receiver.origin);
    for (const from of [second, foreign]) {
      await ownerSql(
        `UPDATE "Webhook" SET "secret" = (SELECT "secret" FROM "Webhook" WHERE "id" = $1::uuid) WHERE "id" = $2::uuid`,
        [from.id, first.id],
      );
      await sendTestEvent(ours.admin, first.id);
      await deliverWaiting(ours.admin);
    }
    expect(receiver.at(first.path)).toEqual([]);
    const ends = await logOf(first.id);
    expect(ends.map(({ state, log: attempts }) => [state, attempts.length])).toEqual([
      ['failed', 0],
      ['failed', 0],
    ]);
  });

  test('no table, job, answer, log line, file, backup or process names one, nor the key that seals them', async () => {
    const logged: string[] = [];
    for (const level of ['debug', 'info', 'warn', 'error'] as const)
      vi.spyOn(log, level).mockImplementation((...told: unknown[]) => {
        for (const one of told.flatMap((item) =>
          item && typeof item === 'object' ? Object.values(item) : [item],
        ))
          logged.push(
            one instanceof Error ? `${one.stack} ${JSON.stringify(one)}` : JSON.stringify(one),
          );
      });
    const team = await createTeam('shop');
    const { admin } = team;
    // Files there are, too.
    await createProvable(team, { rows: 12 });
    const hook = await addWebhook(admin, receiver.origin);
    const rotated = await rotateSecret(admin, hook.id);
    await sendTestEvent(admin, hook.id);
    await deliverWaiting(admin);
    expect(receiver.at(hook.path)).toHaveLength(1);
    // A secret that does not open is the error nearest to one.
    await ownerSql(`UPDATE "Webhook" SET "secret" = 'v1.AAAA' WHERE "id" = $1::uuid`, [hook.id]);
    await sendTestEvent(admin, hook.id);
    await deliverWaiting(admin);
    expect(logged.length).toBeGreaterThan(0);
    vi.restoreAllMocks();

    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'apprentice-secrets-')), 'backup');
    await writeBackup(folder);
    const places: Record<string, Buffer[]> = {
      tables: [Buffer.from(JSON.stringify(await readTables(testDatabase().directUrl)))],
      jobs: [Buffer.from(JSON.stringify(await appSql('SELECT * FROM pgboss.job')))],
      answers: [
        Buffer.from(
          JSON.stringify([
            await findWebhooks(admin),
            await getWebhook(admin, hook.id),
            await findDeliveries(admin, { webhookId: hook.id, before: null }),
          ]),
        ),
      ],
      log: [Buffer.from(logged.join('\n'))],
      files: bytesIn(env().DATA_DIR),
      backup: bytesIn(folder),
      processes: [execFileSync('ps', ['-A', '-ww', '-o', 'args'])],
      requests: receiver.at(hook.path).map((one) => Buffer.from(JSON.stringify(one))),
    };
    const key = env().APP_ENCRYPTION_KEY ?? '';
    expect(Buffer.from(key, 'base64')).toHaveLength(32);
    const secrets = [hook.secret, rotated.secret].map((secret) => secret.replace('whsec_', ''));
    for (const [place, all] of Object.entries(places)) {
      expect(all.length, place).toBeGreaterThan(0);
      for (const text of [...secrets, key])
        for (const form of [text, Buffer.from(text, 'base64')])
          expect(
            all.some((bytes) => bytes.includes(form)),
            place,
          ).toBe(false);
    }
    rmSync(path.dirname(folder), { recursive: true, force: true });
  }, 60_000);
});
