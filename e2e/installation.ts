// An installation for journeys, started the way a person does, on an empty data folder.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installationEnvironment } from '../bin/start/environment.mjs';
import { makeDataDir, removeDataDir, shareTrainer, startApp } from '../tests/installation.mjs';
import { canariesInDatabase } from './canaries/database-texts';
import { requireNoCanary } from './canaries/look-for-canaries';
import type { Canary } from './canaries/register';

export type Installation = Awaited<ReturnType<typeof startInstallation>>;

/**
 * Starts the built app at a port. `link` is the one-time link of the terminal, `temporary` its
 * folder for temporary files. `end` stops and removes it all, and throws where something that
 * people wrote, or one of the canaries that it is given, stands in a log.
 */
export async function startInstallation(label: string, port: string, env: Record<string, string>) {
  const startedAt = Date.now();
  const dataDir = makeDataDir(label);
  const temporary = mkdtempSync(join(tmpdir(), `apprentice-${label}-`));
  shareTrainer(dataDir);
  const app = startApp({ DATA_DIR: dataDir, PORT: port, TMPDIR: temporary, ...env });
  const environment = () =>
    installationEnvironment({ ...process.env, DATA_DIR: dataDir, PORT: port });
  const remove = () => {
    for (const folder of [dataDir, temporary]) removeDataDir(folder);
  };
  const ready = app.waitFor(/Apprentice is ready[\s\S]*?(https?:\/\/\S+)/, 300_000);
  const [, link = ''] = await ready.catch(async (error: unknown) => {
    await app.stop();
    remove();
    throw error;
  });
  const readyAt = Date.now();
  const end = async (canaries: readonly Canary[] = []) => {
    try {
      const url = environment().DATABASE_URL ?? '';
      const written = await canariesInDatabase(url).finally(app.stop);
      const place = { dataDir, temporary, output: app.output, link, startedAt, readyAt };
      await requireNoCanary(place, [...written, ...canaries]);
    } finally {
      remove();
    }
  };
  return { dataDir, temporary, link, environment, end };
}
