import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../bin/start/postgres.mjs';
import { makeDataDir, removeDataDir, shareTrainer, startApp } from '../tests/installation.mjs';
import { canariesInDatabase } from './canaries/database-texts';
import { requireNoCanary } from './canaries/look-for-canaries';
import { registeredCanaries } from './canaries/register';
import { environment } from './company';

/**
 * Starts the built app the way a person does, on an empty data folder. `E2E_ADMIN_LINK` is the
 * one-time link of the terminal, `E2E_DATA_DIR` the folder, `E2E_TEMPORARY` its folder for temporary
 * files. Returns what ends it all: nothing of what the journeys put in may stand in a log.
 */
export default async function globalSetup() {
  const startedAt = Date.now();
  const dataDir = makeDataDir('e2e');
  shareTrainer(dataDir);
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-journeys-'));
  const temporary = mkdtempSync(join(folder, 'temporary-'));
  process.env.E2E_TEMPORARY = temporary;
  process.env.E2E_CANARIES = join(folder, 'canaries.jsonl');
  const port = process.env.E2E_PORT ?? '3999';
  // Where the journey of webhooks listens, the one receiver that may be private.
  process.env.E2E_HOOK_PORT = String(await freePort());
  const receiver = `http://127.0.0.1:${process.env.E2E_HOOK_PORT}`;
  const app = startApp({
    DATA_DIR: dataDir,
    PORT: port,
    TMPDIR: temporary,
    WEBHOOK_ALLOWED_ORIGINS: receiver,
    // Asking every new model would hold up what the journeys wait for.
    REGRESSION_SET: 'off',
  });
  const remove = () => {
    removeDataDir(dataDir);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const [, link] = await app.waitFor(/Apprentice is ready[\s\S]*?(https?:\/\/\S+)/, 300_000);
    process.env.E2E_ADMIN_LINK = link;
    process.env.E2E_DATA_DIR = dataDir;
  } catch (error) {
    await app.stop();
    remove();
    throw error;
  }
  return async () => {
    try {
      const canaries = await canariesInDatabase(environment().DATABASE_URL ?? '').finally(app.stop);
      const link = process.env.E2E_ADMIN_LINK ?? '';
      await requireNoCanary({ dataDir, temporary, output: app.output, link, startedAt }, [
        ...canaries,
        ...registeredCanaries(),
      ]);
    } finally {
      remove();
    }
  };
}
