import { createPublicKey, type KeyObject } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Anchor, readAnchors } from '@/lib/audit/anchors';
import { findStoredManifests, readManifestAnchor } from '@/lib/audit/manifest-anchors';
import { INSTALLATION_CHAIN } from '@/lib/audit/seal-rules';
import { verifyRecord } from '@/lib/audit/verify-record';
import { db, disconnect, pool } from '@/lib/db';
import { readSigningKey } from '@/lib/exports/manifest';

/**
 * npm run verify-audit -- [--anchors FOLDER_OR_FILE] [MANIFEST …]
 * Holds the record against the anchors and manifests of the data folder and those that are given.
 * Exit codes: 0 the record holds · 1 something does not · 2 wrong use · 3 it holds, but nothing from
 * outside the database says how far it had come.
 */
const usage = 'Use: npm run verify-audit -- [--anchors FOLDER_OR_FILE] [MANIFEST …]';

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { anchors: { type: 'string' } } });
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`);
  }
}

function requireReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    fail(`${path} cannot be read.`);
  }
}

/** The words of manifests, given by name and those of the file store, as anchors of their chains. */
async function readManifests(given: readonly string[]): Promise<Anchor[]> {
  const found: Anchor[] = [];
  for (const file of given) {
    const anchor = await readManifestAnchor(file);
    if (anchor) found.push(anchor);
    else console.log(`WARNING ${file} does not say how far the record had come.`);
  }
  for (const file of await findStoredManifests()) {
    const anchor = await readManifestAnchor(file);
    if (anchor) found.push(anchor);
  }
  return found;
}

async function nameChains(chains: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.workspace.findMany({
    where: { id: { in: [...chains] } },
    select: { id: true, slug: true },
  });
  return new Map([
    [INSTALLATION_CHAIN, 'installation'],
    ...rows.map(({ id, slug }) => [id, slug] as const),
  ]);
}

const { positionals, values } = readArguments();
for (const path of [...positionals, ...(values.anchors ? [values.anchors] : [])])
  requireReadable(path);

const key: KeyObject | null = process.env.SIGNING_KEY
  ? createPublicKey(readSigningKey(process.env.SIGNING_KEY))
  : null;
const anchors = await readAnchors();
if (values.anchors) {
  for (const [chain, copied] of await readAnchors(values.anchors))
    anchors.set(chain, [...(anchors.get(chain) ?? []), ...copied]);
}
const manifests = Map.groupBy(await readManifests(positionals), (anchor) => anchor.chain);
const { chains, faults, unsealed, outside } = await verifyRecord(pool(), {
  anchors,
  manifests,
  key,
});
const names = await nameChains(chains.map(({ chain }) => chain));
await disconnect();

for (const { chain, entries, anchoredAt } of chains)
  console.log(
    `${names.get(chain) ?? chain}: ${entries} entries follow each other, ${anchoredAt} of them are vouched for from outside the database.`,
  );
if (unsealed.count > 0)
  console.log(
    `${unsealed.count} entries are not sealed yet, the oldest of ${unsealed.oldest}; the worker seals within seconds.`,
  );
for (const { chain, message } of faults)
  console.log(`FAULT ${names.get(chain) ?? chain}: ${message}`);

if (faults.length > 0) {
  console.log('The record does not hold.');
  process.exit(1);
}
if (outside === 0) {
  console.log(
    'The chains hold, but no anchor was found outside the database: a cut tail would not show.',
  );
  process.exit(3);
}
console.log('The record holds: nothing was changed, taken out, put in, moved or cut.');
