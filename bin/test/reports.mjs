import { readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Counts */

/**
 * What the closing line says. A skipped test proves nothing, so it counts as failed.
 * @param {Counts[]} parts
 */
export function totalOf(parts) {
  const sum = (/** @type {(counts: Counts) => number} */ count) =>
    parts.reduce((total, counts) => total + count(counts), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed, skipped }) => failed + skipped.length),
  };
}

/** @param {string} file @returns {Counts} */
export function vitestCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }[]} */
  const files = report.testResults;
  const tests = files.flatMap((result) => result.assertionResults);
  // A file that could not be loaded has no tests to count, and is one failure.
  const broken = files.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: tests.filter(({ status }) => status === 'passed').length,
    failed: tests.filter(({ status }) => status === 'failed').length + broken.length,
    skipped: tests
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => fullName),
  };
}

/** @param {string} file @returns {Counts} */
export function pytestCounts(file) {
  const xml = readFileSync(file, 'utf8');
  const suite = /<testsuite\b[^>]*>/.exec(xml)?.[0] ?? '';
  const number = (/** @type {string} */ name) =>
    Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const bad = number('failures') + number('errors');
  const skipped = [...xml.matchAll(/<testcase\b[^>]*\bname="([^"]*)"[^>]*>\s*<skipped/g)];
  return {
    passed: number('tests') - bad - number('skipped'),
    failed: bad,
    skipped: skipped.map(([, name]) => name ?? ''),
  };
}

/** @param {string} file @returns {Counts} */
export function playwrightCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  /** @type {string[]} */
  const skipped = [];
  const visit = (/** @type {any} */ suite) => {
    for (const spec of suite.specs ?? []) {
      if (spec.tests.some((/** @type {any} */ test) => test.status === 'skipped'))
        skipped.push(spec.title);
    }
    for (const child of suite.suites ?? []) visit(child);
  };
  for (const suite of report.suites ?? []) visit(suite);
  const { expected = 0, unexpected = 0, flaky = 0 } = report.stats ?? {};
  // What belongs to no test, such as the end of the installation that all of them share.
  const { length: beside } = report.errors ?? [];
  // A test that needed a second try is not a test that passed.
  return { passed: expected, failed: unexpected + flaky + beside, skipped };
}
