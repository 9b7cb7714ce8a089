// `npm run pictures`: makes the pictures of README and docs from the real app with its sample workspace.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { makeDataDir, removeDataDir, startApp } from '../tests/installation.mjs';
import { root } from './start/paths.mjs';
import { freePort } from './start/postgres.mjs';
import { findChromium } from './test/chromium.mjs';

const folder = join(root, 'docs/images');
const port = String(await freePort());
const dataDir = makeDataDir('pictures');
const app = startApp({ DATA_DIR: dataDir, PORT: port, APPRENTICE_TRAINER: '0' });
try {
  await app.waitFor(/Apprentice is ready/, 300_000);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  const page = await browser.newPage({
    baseURL: `http://localhost:${port}`,
    viewport: { width: 1280, height: 720 },
    locale: 'en-GB',
  });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Step in as reviewer' }).click();
  await page.waitForURL(/\/w\/sample/);
  await page.getByRole('link', { name: 'Customer mails' }).first().click();
  await page.getByRole('link', { name: /^Examples/ }).click();
  await page.getByRole('grid').getByText('Sent back').first().waitFor();
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, 'examples.png') });
  await page.getByRole('link', { name: /^Review/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Example \d+$/ }).waitFor();
  await page.screenshot({ path: join(folder, 'review.png') });
  await browser.close();
  console.log(`The pictures lie in ${folder}.`);
} finally {
  await app.stop();
  removeDataDir(dataDir);
}
