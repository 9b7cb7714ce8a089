import { freePort } from '../bin/start/postgres.mjs';
import { makeDataDir, removeDataDir, shareTrainer, startApp } from '../tests/installation.mjs';

/**
 * Starts the built app the way a person does, on an empty data folder. `E2E_ADMIN_LINK` is the
 * one-time link of the terminal, `E2E_DATA_DIR` the folder. Returns what ends it all.
 */
export default async function globalSetup() {
  const dataDir = makeDataDir('e2e');
  shareTrainer(dataDir);
  const port = process.env.E2E_PORT ?? '3999';
  // Where the journey of webhooks listens, the one receiver that may be private.
  process.env.E2E_HOOK_PORT = String(await freePort());
  const receiver = `http://127.0.0.1:${process.env.E2E_HOOK_PORT}`;
  const app = startApp({
    DATA_DIR: dataDir,
    PORT: port,
    WEBHOOK_ALLOWED_ORIGINS: receiver,
    // Asking every new model would hold up what the journeys wait for.
    REGRESSION_SET: 'off',
  });
  try {
    const [, link] = await app.waitFor(/Apprentice is ready[\s\S]*?(https?:\/\/\S+)/, 300_000);
    process.env.E2E_ADMIN_LINK = link;
    process.env.E2E_DATA_DIR = dataDir;
  } catch (error) {
    await app.stop();
    removeDataDir(dataDir);
    throw error;
  }
  return async () => {
    await app.stop();
    removeDataDir(dataDir);
  };
}
