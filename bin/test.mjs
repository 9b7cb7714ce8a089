// `npm test`: every check of the project, part by part, with whatever they need installed first.
//   --quick        lint, types, unit and database tests
//   --long         the long forms
//   --only PART    one part; may be given again
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { StartFault } from './start/fault.mjs';
import { install, isInstalled } from './start/install.mjs';
import { endJobs } from './start/jobs.mjs';
import { underProjectNode } from './start/node.mjs';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});

/** @param {number} ms */
const duration = (ms) =>
  ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

async function runParts() {
  const { parts } = await import('./test/parts.mjs');
  const { totalOf } = await import('./test/reports.mjs');
  const names = parts.map(({ name }) => name);
  const unknown = values.only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) {
    console.error(
      `There is no part "${unknown.join('", "')}". The parts are: ${names.join(', ')}.`,
    );
    return 2;
  }
  const chosen = parts.filter(
    ({ name, quick }) => values.only?.includes(name) ?? (quick || !values.quick),
  );
  const results = [];
  const lines = [];
  for (const part of chosen) {
    console.log(`\n── ${part.name} ──`);
    const began = Date.now();
    const counts = await part.run({ long: values.long }).catch((error) => {
      console.error(error instanceof StartFault ? error.message : error);
      return { passed: 0, failed: 1, skipped: [] };
    });
    results.push(counts);
    const { passed, failed } = totalOf([counts]);
    const skipped = counts.skipped
      .map((name) => `\n    skipped, so it counts as failed: ${name}`)
      .join('');
    lines.push(
      `${part.name.padEnd(10)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed  ${duration(Date.now() - began)}${skipped}`,
    );
  }
  console.log(`\n${lines.join('\n')}\n`);
  const total = totalOf(results);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

/** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']).forEach((signal) => {
  process.on(signal, () => void endJobs().then(() => process.exit(130)));
});

try {
  if (!isInstalled()) await install();
  const passedOn = await underProjectNode(fileURLToPath(import.meta.url), process.argv.slice(2));
  process.exit(passedOn ?? (await runParts()));
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
