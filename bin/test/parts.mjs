// The parts of `npm test`. Each runs to its end and says how many tests passed and failed.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, generateClient, isBuilt } from '../build.mjs';
import { runJob } from '../start/jobs.mjs';
import { projectNode } from '../start/node.mjs';
import { root } from '../start/paths.mjs';
import { freePort } from '../start/postgres.mjs';
import { findChromium, installChromium } from './chromium.mjs';
import { playwrightCounts, pytestCounts, vitestCounts } from './reports.mjs';
import { prepareTestTrainer } from './trainer.mjs';

/** @typedef {import('./reports.mjs').Counts} Counts */
/** @typedef {{ name: string, quick: boolean, run: (options: { long: boolean }) => Promise<Counts> }} Part */

const reports = join(root, 'test-results/reports');
const passed = { passed: 1, failed: 0, skipped: [] };
const failed = { passed: 0, failed: 1, skipped: [] };

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [extra] */
async function run(command, args, extra = {}) {
  const { code } = await runJob(command, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1', ...extra },
    onLine: (line) => console.log(line),
  });
  return code;
}

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [extra] */
const runPackage = (program, args, extra) =>
  run(projectNode(), [join(root, 'node_modules', program), ...args], extra);

/**
 * Runs a test program that writes a report; without a report, or with an error beyond the tests
 * that it names, the part has failed.
 * @param {string} file @param {(file: string) => Counts} read @param {(file: string) => Promise<number>} start
 */
async function counted(file, read, start) {
  mkdirSync(reports, { recursive: true });
  const report = join(reports, file);
  rmSync(report, { force: true });
  const code = await start(report);
  if (!existsSync(report)) return failed;
  const counts = read(report);
  if (counts.passed + counts.failed === 0) console.log('No tests were found here.');
  const unnamed = counts.failed === 0 && (code !== 0 || counts.passed === 0) ? 1 : 0;
  return { ...counts, failed: counts.failed + unnamed };
}

/** @param {string} name @param {('unit' | 'database' | 'faults' | 'training' | 'start')[]} projects */
const vitest =
  (name, projects = [name]) =>
  (/** @type {{ long: boolean }} */ { long }) =>
    counted(`${name}.json`, vitestCounts, (report) =>
      runPackage(
        'vitest/vitest.mjs',
        [
          'run',
          ...projects.map((project) => `--project=${project}`),
          '--reporter=default',
          '--reporter=json',
          `--outputFile=${report}`,
        ],
        { TEST_FORM: long ? 'long' : 'short', NODE_ENV: 'test' },
      ),
    );

async function lint() {
  const biome = join(root, 'node_modules/.bin/biome');
  return (await run(biome, ['check', '--error-on-warnings', '--colors=off'])) === 0
    ? passed
    : failed;
}

async function types() {
  await generateClient();
  const code =
    (await runPackage('next/dist/bin/next', ['typegen'])) ||
    (await run(join(root, 'node_modules/.bin/tsc'), ['--noEmit']));
  return code === 0 ? passed : failed;
}

/**
 * Kills, crowds and histories; in the long form also the kills of a real run, which need the
 * trainer and a quarter of an hour.
 * @param {{ long: boolean }} options
 */
async function faults(options) {
  if (!options.long) return vitest('faults')(options);
  const { problem } = await prepareTestTrainer();
  if (problem) console.log(problem);
  return vitest('faults', ['faults', 'training'])(options);
}

async function trainer() {
  const { folder, problem } = await prepareTestTrainer();
  if (problem) {
    console.log(problem);
    return failed;
  }
  return counted('trainer.xml', pytestCounts, (report) =>
    run('sh', [join(root, 'trainer/test.sh'), folder, `--junitxml=${report}`]),
  );
}

/** @param {{ long: boolean }} options */
async function journeys({ long }) {
  const chromium = findChromium() ?? (await installChromium());
  if (!chromium) {
    console.log('There is no Chromium. Install it, or set CHROMIUM_PATH to its program.');
    return failed;
  }
  const { problem } = await prepareTestTrainer();
  if (problem) console.log(problem);
  return counted('journeys.json', playwrightCounts, async (report) =>
    runPackage(
      '@playwright/test/cli.js',
      ['test', '-c', 'e2e/playwright.config.ts', '--reporter=line,json'],
      {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        CHROMIUM_PATH: chromium,
        E2E_PORT: String(await freePort()),
        TEST_FORM: long ? 'long' : 'short',
      },
    ),
  );
}

/** Start-up tests and journeys run the built app. @param {Part['run']} run @returns {Part['run']} */
const onBuiltApp = (run) => async (options) => {
  try {
    if (!isBuilt()) await build();
  } catch (error) {
    console.log(/** @type {Error} */ (error).message);
    return failed;
  }
  return run(options);
};

/** @type {Part[]} */
export const parts = [
  { name: 'lint', quick: true, run: lint },
  { name: 'types', quick: true, run: types },
  { name: 'unit', quick: true, run: vitest('unit') },
  { name: 'database', quick: true, run: vitest('database') },
  { name: 'start', quick: false, run: onBuiltApp(vitest('start')) },
  { name: 'faults', quick: false, run: onBuiltApp(faults) },
  { name: 'trainer', quick: false, run: trainer },
  { name: 'journeys', quick: false, run: onBuiltApp(journeys) },
];
