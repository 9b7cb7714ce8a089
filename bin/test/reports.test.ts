import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
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

test('a skipped test counts as failed, in its part and in the whole', () => {
  const unit = { passed: 3, failed: 1, skipped: ['is skipped', 'is todo'] };
  const trainer = { passed: 2, failed: 0, skipped: [] };
  expect(totalOf([unit])).toEqual({ passed: 3, failed: 3 });
  expect(totalOf([unit, trainer])).toEqual({ passed: 5, failed: 3 });
  expect(totalOf([])).toEqual({ passed: 0, failed: 0 });
});
