import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../bin/start/postgres.mjs';
import { registeredCanaries } from './canaries/register';
import { startInstallation } from './installation';

/**
 * Starts the one installation that the journeys share. `E2E_ADMIN_LINK` is the one-time link of the
 * terminal, `E2E_DATA_DIR` the folder, `E2E_TEMPORARY` its folder for temporary files. Returns what
 * ends it all: nothing of what the journeys put in may stand in a log.
 */
export default async function globalSetup() {
  // Beside what is looked through.
  const notes = mkdtempSync(join(tmpdir(), 'apprentice-canaries-'));
  process.env.E2E_CANARIES = join(notes, 'canaries.jsonl');
  // Where the journey of webhooks listens, the one receiver that may be private.
  process.env.E2E_HOOK_PORT = String(await freePort());
  const app = await startInstallation('e2e', process.env.E2E_PORT ?? '3999', {
    WEBHOOK_ALLOWED_ORIGINS: `http://127.0.0.1:${process.env.E2E_HOOK_PORT}`,
    // Asking every new model would hold up what the journeys wait for.
    REGRESSION_SET: 'off',
  });
  process.env.E2E_ADMIN_LINK = app.link;
  process.env.E2E_DATA_DIR = app.dataDir;
  process.env.E2E_TEMPORARY = app.temporary;
  return async () => {
    try {
      await app.end(registeredCanaries());
    } finally {
      rmSync(notes, { recursive: true, force: true });
    }
  };
}
