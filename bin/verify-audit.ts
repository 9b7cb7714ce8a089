import { createPublicKey, type KeyObject } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { parseArgs } from 'node:util';
import { readAnchors } from '@/lib/audit/anchors';
import { findStoredManifests, readManifestAnchors } from '@/lib/audit/manifest-anchors';
import { INSTALLATION_CHAIN } from '@/lib/audit/seal-rules';
import { verifyRecord } from '@/lib/audit/verify-record';
import { db, disconnect, pool } from '@/lib/db';
import { readSigningKey } from '@/lib/exports/manifest';

/**
 * npm run verify-audit -- [--anchors FOLDER_OR_FILE] [--accept-times] [MANIFEST …]
 * Holds the record against the anchors and manifests of the data folder and those that are given.
 * An entry that is dated before earlier ones was put in, or a clock was wrong: it ends with 1 unless
 * `--accept-times` says that somebody looked at those that are named.
 * Exit codes: 0 the record holds · 1 something does not · 2 wrong use · 3 it holds, but nothing from
 * outside the database says how far it had come · 4 it holds, but no signature was checked.
 */
const usage =
  'Use: npm run verify-audit -- [--anchors FOLDER_OR_FILE] [--accept-times] [MANIFEST …]';

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { anchors: { type: 'string' }, 'accept-times': { type: 'boolean' } },
    });
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

/** The installation's public key; null where the environment has none. */
function readTrustedKey(): KeyObject | null {
  const { SIGNING_KEY } = process.env;
  if (!SIGNING_KEY) return null;
  try {
    return createPublicKey(readSigningKey(SIGNING_KEY));
  } catch {
    return fail('SIGNING_KEY cannot be read.');
  }
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

const key = readTrustedKey();
const anchors = await readAnchors();
if (values.anchors) {
  for (const [chain, copied] of await readAnchors(values.anchors))
    anchors.set(chain, [...(anchors.get(chain) ?? []), ...copied]);
}
const manifests = await readManifestAnchors(
  [...positionals, ...(await findStoredManifests())],
  key,
);
for (const file of manifests.silent.filter((name) => positionals.includes(name)))
  console.log(`WARNING ${file} does not say how far the record had come.`);
const verification = await verifyRecord(pool(), { anchors, manifests: manifests.anchors, key });
const { chains, notes, unsealed, outside } = verification;
const faults = [...manifests.faults, ...verification.faults];
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
for (const { chain, message } of notes)
  console.log(`NOTE ${names.get(chain) ?? chain}: ${message}`);
for (const { chain, message } of faults)
  console.log(`FAULT ${names.get(chain) ?? chain}: ${message}`);

if (faults.length > 0) {
  console.log('The record does not hold.');
  process.exit(1);
}
if (notes.length > 0 && !values['accept-times']) {
  console.log(
    'Times run backwards where it is noted: an entry was put in past the app, or a clock was wrong. If a clock was wrong then, add --accept-times.',
  );
  process.exit(1);
}
if (outside === 0) {
  console.log(
    'The chains hold, but no anchor was found outside the database: a cut tail would not show.',
  );
  process.exit(3);
}
if (!key) {
  console.log(
    'The chains hold, but signatures were not checked: SIGNING_KEY, the key of this installation, is not set.',
  );
  process.exit(4);
}
console.log(
  notes.length > 0
    ? 'The record holds: nothing that was sealed was changed, taken out, moved or cut. Look at the times that are noted above.'
    : 'The record holds: nothing that was sealed was changed, taken out, moved or cut, and nothing was put in between or dated back.',
);
