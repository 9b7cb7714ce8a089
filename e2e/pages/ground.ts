// An installation of its own for the specs that look at every page: nothing of other journeys
// stands in it, and it can still be seen before its first admin.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import { installationEnvironment } from '../../bin/start/environment.mjs';
import { freePort } from '../../bin/start/postgres.mjs';
import { makeDataDir, removeDataDir, shareTrainer, startApp } from '../../tests/installation.mjs';
import { runBeside } from '../beside';
import { canariesInDatabase } from '../canaries/database-texts';
import { requireNoCanary } from '../canaries/look-for-canaries';
import { test as base } from '../test';
import type { PersonName, Scene } from './scene/scene';

export type Ground = {
  url: string;
  dataDir: string;
  /** The one-time link that makes the first admin, good until there is a scene. */
  adminLink: string;
  /** The rows to look at, made when first asked for; in capitals for what looks for untranslated text. */
  scene(writing: 'plain' | 'capitals'): Promise<Scene>;
};

async function startGround(): Promise<{ ground: Ground; end: () => Promise<void> }> {
  const startedAt = Date.now();
  const dataDir = makeDataDir('pages');
  const temporary = mkdtempSync(join(tmpdir(), 'apprentice-pages-'));
  shareTrainer(dataDir);
  const port = String(await freePort());
  const app = startApp({ DATA_DIR: dataDir, PORT: port, PSEUDO_LOCALE: '1', TMPDIR: temporary });
  const environment = () =>
    installationEnvironment({ ...process.env, DATA_DIR: dataDir, PORT: port });
  const remove = () => {
    for (const folder of [dataDir, temporary]) removeDataDir(folder);
  };
  let link = '';
  /** What the pages show stands in no log. */
  const end = async () => {
    try {
      const canaries = await canariesInDatabase(environment().DATABASE_URL ?? '').finally(app.stop);
      await requireNoCanary({ dataDir, temporary, output: app.output, link, startedAt }, canaries);
    } finally {
      remove();
    }
  };
  try {
    [, link = ''] = await app.waitFor(/Apprentice is ready[\s\S]*?(https?:\/\/\S+)/, 300_000);
    const scenes = new Map<string, Promise<Scene>>();
    const make = async (writing: string): Promise<Scene> => {
      const args = writing === 'capitals' ? ['--capitals'] : [];
      const env = { ...environment(), TMPDIR: temporary };
      return (await runBeside('e2e/pages/scene/make-scene.ts', args, env)) as Scene;
    };
    const scene: Ground['scene'] = (writing) => {
      const made = scenes.get(writing) ?? make(writing);
      scenes.set(writing, made);
      return made;
    };
    return {
      ground: { url: `http://localhost:${port}`, dataDir, adminLink: link, scene },
      end,
    };
  } catch (error) {
    await app.stop();
    remove();
    throw error;
  }
}

/** Signs a browser in as somebody of the scene. */
export async function signIn(
  context: BrowserContext,
  ground: Ground,
  scene: Scene,
  name: PersonName,
): Promise<void> {
  const { hostname } = new URL(ground.url);
  await context.addCookies([
    {
      name: scene.cookie,
      value: scene.people[name].token,
      url: `https://${hostname}`,
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
  ]);
}

export const test = base.extend<object, { ground: Ground }>({
  ground: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern.
    async ({}, use) => {
      const { ground, end } = await startGround();
      await use(ground);
      await end();
    },
    { scope: 'worker', timeout: 400_000 },
  ],
});
