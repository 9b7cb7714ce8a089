// `npm run test:mutants [-- words] [--part 2/8]`: takes away, one at a time, each guarantee of the
// database and each check behind "nothing unverified is ever trained on", and demands that a test then
// fails. Words choose mutants by name; a part is every eighth of them, from the second on. What was
// noticed is kept for the commit, so that a run that was stopped goes on where it was; --again forgets.
import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';
import { ofCode, ofDatabase } from './mutant-list.mjs';

/** @typedef {import('./mutant-list.mjs').Mutant} Mutant */

/** @param {Mutant} mutant @returns {Promise<boolean>} whether its tests passed */
function survives({ sql, change, tests }) {
  const at = tests.indexOf('-t');
  const files = at < 0 ? tests : tests.slice(0, at);
  const options = at < 0 ? [] : tests.slice(at);
  const child = spawn(
    projectNode(),
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=tests/mutants.config.ts',
      ...files,
      ...options,
    ],
    {
      cwd: root,
      stdio: 'ignore',
      env: {
        ...process.env,
        NODE_ENV: 'test',
        TEST_FORM: 'short',
        TEST_MUTANT_SQL: sql ?? '',
        TEST_MUTANT: change ? JSON.stringify(change) : '',
      },
    },
  );
  return new Promise((done, fail) =>
    child.once('exit', (code, signal) => {
      // Tests that somebody ended have noticed nothing.
      if (signal || code === null || code > 1) fail(new Error(`Ended by ${signal ?? code}.`));
      else done(code === 0);
    }),
  );
}

const { values: options, positionals: words } = parseArgs({
  options: {
    part: { type: 'string', default: '1/1' },
    again: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const [, part, parts] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(options.part) ?? [];
if (!part || !parts)
  throw new Error(`--part is a number of a number, like 2/8, not ${options.part}`);

/** @param {string[]} args */
const git = (...args) => spawnSync('git', args, { cwd: root, encoding: 'utf8' }).stdout?.trim();

/** Where the noticed ones of this commit are kept; with uncommitted changes nothing is. */
const record = git('status', '--porcelain')
  ? undefined
  : join(root, 'test-results/mutants', `${git('rev-parse', 'HEAD') || 'no-commit'}.txt`);
if (record && options.again) rmSync(record, { force: true });
const before = new Set(
  record && existsSync(record) ? readFileSync(record, 'utf8').split('\n').filter(Boolean) : [],
);

/** @param {string} name */
function keep(name) {
  if (!record) return;
  mkdirSync(dirname(record), { recursive: true });
  appendFileSync(record, `${name}\n`);
}

const chosen = [...ofDatabase, ...ofCode]
  .filter((_, at) => at % Number(parts) === Number(part) - 1)
  .filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const mutants = chosen.filter(({ name }) => !before.has(name));
for (const { change } of mutants)
  if (change && readFileSync(join(root, change.file), 'utf8').split(change.from).length < 2)
    throw new Error(`${change.file} no longer holds: ${change.from}`);

// Every test must pass while nothing is taken away; else a failing one would say nothing.
const files = [
  ...new Set(mutants.flatMap(({ tests }) => tests.filter((name) => name.endsWith('.ts')))),
];
if (
  mutants.length > 0 &&
  !(await survives({ name: 'nothing', tests: files.filter((name) => !name.startsWith('tests/')) }))
) {
  console.error('The tests fail although nothing was taken away.');
  process.exit(1);
}

/** @type {string[]} */
const unnoticed = [];
const waiting = [...mutants];
const work = async () => {
  for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
    const start = Date.now();
    const survived = await survives(mutant);
    if (survived) unnoticed.push(mutant.name);
    else keep(mutant.name);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    console.log(`${survived ? 'UNNOTICED' : 'noticed  '}  ${mutant.name}  (${seconds} s)`);
  }
};
await Promise.all([work(), work()]);
const earlier = chosen.length - mutants.length;
const of = earlier > 0 ? ` (${earlier} of them earlier)` : '';
console.log(`${chosen.length - unnoticed.length} noticed${of}, ${unnoticed.length} unnoticed`);
process.exitCode = unnoticed.length > 0 ? 1 : 0;
