import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { dataDirectory, root } from '../start/paths.mjs';
import { playwrightCounts, pytestCounts, totalOf, vitestCounts } from './reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'apprentice-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function report(content: unknown) {
  const file = join(folder, 'report');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const assertion = (status: string) => ({ status, fullName: `is ${status}` });

test('vitest: a file that does not load is a failure, a skipped test is named', () => {
  const file = report({
    testResults: [
      { name: 'a', status: 'failed', assertionResults: [assertion('passed'), assertion('failed')] },
      { name: 'b', status: 'failed', assertionResults: [] },
      {
        name: 'c',
        status: 'passed',
        assertionResults: [assertion('passed'), assertion('skipped')],
      },
    ],
  });
  expect(vitestCounts(file)).toEqual({ passed: 2, failed: 2, skipped: ['is skipped'] });
});

test('pytest: failures and errors both count', () => {
  const file = report(
    `<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="9">
      <testcase classname="t" name="test_gpu" time="0"><skipped message="no GPU"/></testcase>
    </testsuite></testsuites>`,
  );
  expect(pytestCounts(file)).toEqual({ passed: 5, failed: 3, skipped: ['test_gpu'] });
});

test('Playwright: a test that needed a second try has not passed', () => {
  const file = report({
    stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 1 },
    suites: [
      { suites: [{ specs: [{ title: 'Writers can write', tests: [{ status: 'skipped' }] }] }] },
    ],
  });
  expect(playwrightCounts(file)).toEqual({ passed: 3, failed: 2, skipped: ['Writers can write'] });
});

test('Playwright: what fails beside the tests, as the end of all of them, is a failure of its own', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 0, skipped: 0 };
  const file = report({ stats, suites: [], errors: [{ message: 'logs/web.log:7 a password' }] });
  expect(playwrightCounts(file)).toEqual({ passed: 3, failed: 2, skipped: [] });
});

test('Playwright reports and prints an end of all tests that throws', () => {
  // Below the checkout, so that its packages are found.
  const place = mkdtempSync(join(dataDirectory({ ...process.env, DATA_DIR: '' }), 'end-'));
  try {
    const write = (name: string, text: string) => writeFileSync(join(place, name), text);
    write('end.ts', `export default () => () => { throw new Error('web.log:7 a password'); };`);
    write('a.spec.ts', `import { test } from '@playwright/test'; test('passes', () => {});`);
    write('playwright.config.ts', `export default { globalSetup: './end.ts', workers: 1 };`);
    const json = join(place, 'report.json');
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/@playwright/test/cli.js'),
        ...['test', '-c', join(place, 'playwright.config.ts'), '--reporter=line,json'],
      ],
      {
        encoding: 'utf8',
        env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: json, NO_COLOR: '1' },
      },
    );
    expect(status).toBe(1);
    expect(stdout).toContain('web.log:7 a password');
    expect(playwrightCounts(json)).toEqual({ passed: 1, failed: 1, skipped: [] });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
});

test('a skipped test counts as failed, in its part and in the whole', () => {
  const unit = { passed: 3, failed: 1, skipped: ['is skipped', 'is todo'] };
  const trainer = { passed: 2, failed: 0, skipped: [] };
  expect(totalOf([unit])).toEqual({ passed: 3, failed: 3 });
  expect(totalOf([unit, trainer])).toEqual({ passed: 5, failed: 3 });
  expect(totalOf([])).toEqual({ passed: 0, failed: 0 });
});
