// Looks through everything that an installation wrote outside its database.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../bin/start/paths.mjs';
import { logsOf, placesOf } from './places';
import { type Canary, SHORTEST_CANARY, tokenOf } from './register';
import { Scanner } from './scan';

/** What the terminal showed. */
const TERMINAL = 'output of npm start';
/** Files in which something was found are kept here below the checkout; git ignores it. */
const KEPT = 'test-results/canaries';

export type Written = {
  dataDir: string;
  /** Its folder for temporary files. */
  temporary: string;
  /** What its start printed. */
  output: string;
  /** The one link that the start is meant to print. */
  link: string;
  startedAt: number;
  readyAt: number;
  checkout?: string;
};

/** The keys that an installation made for itself. */
const keysOf = (dataDir: string): Canary[] =>
  Object.entries(
    JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as Record<string, string>,
  )
    .filter(([, text]) => text.length >= SHORTEST_CANARY)
    .map(([name, text]) => ({ what: `the key ${name}`, text }));

/** Where canaries stand, as readable lines that do not hold them. */
export async function lookForCanaries(
  written: Written,
  canaries: readonly Canary[],
): Promise<string[]> {
  const { link, output, dataDir } = written;
  const first = { what: 'the link that makes the first admin', text: tokenOf(link) };
  const scanner = new Scanner([...canaries, ...keysOf(dataDir), first]);
  const shown = await scanner.scan([Buffer.from(output.replaceAll(link, ''))]);
  const faults = shown.map(({ line, what }) => `${TERMINAL}:${line} ${what}`);
  for (const { path, name } of placesOf(written).flatMap(logsOf)) {
    const found = await scanner.scanFile(path, name);
    if (found.length === 0) continue;
    const copy = join(written.checkout ?? root, KEPT, name);
    mkdirSync(dirname(copy), { recursive: true });
    cpSync(path, copy);
    faults.push(...found.map(({ line, what }) => `${name}:${line} ${what}`));
  }
  return faults;
}

/** Throws with the files and lines when a canary stands where only logs belong. */
export async function requireNoCanary(written: Written, canaries: readonly Canary[]) {
  if (canaries.length === 0) throw new Error('Nobody named a text that no log may hold.');
  const faults = await lookForCanaries(written, canaries);
  if (faults.length > 0)
    throw new Error(
      `What people wrote or were given stands outside the database (copies in ${KEPT}):\n${faults.join('\n')}`,
    );
}
