// Peak memory of web, worker and browser tab while files of different sizes are imported through
// the browser, each into a fresh installation. Fails when two sizes differ by more than 40 MB.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { makeDataDir, removeDataDir, startApp } from '../tests/installation.mjs';
import { isReal, writeImportFile } from './import-files.mjs';

const sizes = (process.env.BENCH_ROWS ?? '27000,200000').split(',').map(Number);
const limitMb = 40;
const patience = 30 * 60_000;
const password = 'tulip harbour 41 tulip';

/** The most memory that a process ever held, in MB. @param {number} pid */
function peakOf(pid) {
  const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return found ? Math.round(Number(found[1]) / 1_024) : 0;
}

/** Makes the first admin and a dataset; the address of its import page. @param {import("@playwright/test").Page} page @param {string} link */
async function makeDataset(page, link) {
  await page.goto(link);
  await page.locator('input[name=name]').fill('Ada');
  await page.locator('input[name=email]').fill('ada@example.org');
  await page.locator('input[type=password]').first().fill(password);
  await page.locator('input[name=workspaceName]').fill('Bench');
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/w\//);
  await page.goto(new URL('/w/bench/datasets/new', page.url()).href);
  await page.getByLabel('Name', { exact: true }).fill('Mails');
  await page.getByLabel('The task in words').fill('Answer the mails of customers.');
  await page.getByLabel('System prompt').fill('You answer the mails of customers.');
  await page.getByRole('button', { name: 'Create the dataset' }).click();
  await page.waitForURL(/datasets\/[0-9a-f-]{36}/);
  const [, dataset] = /datasets\/([0-9a-f-]{36})/.exec(page.url()) ?? [];
  return new URL(`/w/bench/datasets/${dataset}/import`, page.url()).href;
}

/** The process of the page itself, not of the browser. @param {import('@playwright/test').Browser} browser */
async function tabPeak(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const tabs = processInfo.filter((info) => info.type === 'renderer');
  return Math.max(...tabs.map((info) => peakOf(info.id)));
}

/** @param {number} rows */
async function measure(rows) {
  const dataDir = makeDataDir('bench');
  const file = join(dataDir, 'mails.csv');
  await writeImportFile(file, rows);
  const app = startApp({ DATA_DIR: dataDir, PORT: process.env.BENCH_PORT ?? '3997', SAMPLE: '0' });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const [, link = ''] = await app.waitFor(
      /Apprentice is ready[\s\S]*?(https?:\/\/\S+)/,
      patience,
    );
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    await page.goto(await makeDataset(page, link));
    const clock = { start: performance.now() };
    const lap = () => {
      const seconds = (performance.now() - clock.start) / 1_000;
      clock.start = performance.now();
      return Math.round(seconds * 10) / 10;
    };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('button', { name: 'Check the file' }).waitFor();
    const upload = lap();
    await page.getByRole('button', { name: 'Check the file' }).click();
    const go = page.getByRole('button', { name: /^Import [\d,]+ example/ });
    await go.waitFor();
    const check = lap();
    await go.click();
    await page.getByRole('button', { name: 'Undo import' }).waitFor();
    const commit = lap();
    const { children } = JSON.parse(readFileSync(join(dataDir, 'start.json'), 'utf8'));
    return {
      rows,
      'upload s': upload,
      'check s': check,
      'import s': commit,
      'rows/s': Math.round(rows / commit),
      'web MB': peakOf(children.web.pid),
      'worker MB': peakOf(children.worker.pid),
      'tab MB': await tabPeak(browser),
    };
  } finally {
    await browser.close();
    await app.stop();
    rmSync(file, { force: true });
    removeDataDir(dataDir);
  }
}

const results = [];
console.log(isReal ? 'Rows of the real file.' : 'The real file is absent: rows of our own.');
for (const rows of sizes) {
  results.push(await measure(rows));
  console.log(JSON.stringify(results.at(-1)));
}
console.table(results);
let failed = false;
for (const name of /** @type {const} */ (['web MB', 'worker MB', 'tab MB'])) {
  const values = results.map((result) => result[name]);
  const spread = Math.max(...values) - Math.min(...values);
  if (spread > limitMb) failed = true;
  console.log(`${name}: differs by ${spread} MB (limit ${limitMb} MB)`);
}
process.exitCode = failed ? 1 : 0;
