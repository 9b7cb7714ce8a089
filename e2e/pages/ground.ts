// An installation of its own for the specs that look at every page: nothing of other journeys
// stands in it, and it can still be seen before its first admin.
import type { BrowserContext } from '@playwright/test';
import { freePort } from '../../bin/start/postgres.mjs';
import { runBeside } from '../beside';
import { startInstallation } from '../installation';
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
  const port = String(await freePort());
  const app = await startInstallation('pages', port, { PSEUDO_LOCALE: '1' });
  const scenes = new Map<string, Promise<Scene>>();
  const make = async (writing: string): Promise<Scene> => {
    const args = writing === 'capitals' ? ['--capitals'] : [];
    const env = { ...app.environment(), TMPDIR: app.temporary };
    return (await runBeside('e2e/pages/scene/make-scene.ts', args, env)) as Scene;
  };
  const scene: Ground['scene'] = (writing) => {
    const made = scenes.get(writing) ?? make(writing);
    scenes.set(writing, made);
    return made;
  };
  const { dataDir, link: adminLink, end } = app;
  return { ground: { url: `http://localhost:${port}`, dataDir, adminLink, scene }, end };
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
