import { createPublicKey } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  keyFingerprint,
  type ManifestRow,
  readPublicKey,
  readSigningKey,
} from '@/lib/exports/manifest';
import { verifyExport } from '@/lib/exports/verify-manifest';

/**
 * npm run verify-release -- FILE MANIFEST [--public-key K] [--database]
 * Exit codes: 0 all holds · 1 something does not · 2 wrong use · 3 all holds, but the signature was not checked.
 */
const usage =
  'Use: npm run verify-release -- FILE MANIFEST [--public-key FILE_OR_BASE64] [--database]';

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { 'public-key': { type: 'string' }, database: { type: 'boolean', default: false } },
    });
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`);
  }
}

/** The key to trust: the one that was given, else this installation's own. */
function readTrustedKey(given: string | undefined) {
  try {
    if (given === undefined)
      return process.env.SIGNING_KEY ? readSigningKey(process.env.SIGNING_KEY) : null;
    return readPublicKey(/^[A-Za-z0-9+/=]+$/.test(given) ? given : readFileSync(given, 'utf8'));
  } catch {
    return fail('The public key cannot be read. Give a PEM file, or the SPKI key in base64.');
  }
}

const { positionals, values } = readArguments();
const [file, manifest, ...more] = positionals;
if (!file || !manifest || more.length > 0) fail(usage);
for (const path of [file, manifest]) {
  try {
    accessSync(path, constants.R_OK);
  } catch {
    fail(`${path} cannot be read.`);
  }
}
const key = readTrustedKey(values['public-key']);

const rows: ManifestRow[] = [];
const result = await verifyExport({
  file,
  manifest,
  key: key && (key.type === 'private' ? createPublicKey(key) : key),
  onRow: (row) => {
    if (values.database) rows.push(row);
  },
});
let ok = result.faults.length === 0;

console.log(`${result.rows} rows compared with their manifest.`);
for (const fault of result.faults) {
  console.log(
    `FAULT ${fault.where}${fault.row === undefined ? '' : ` row ${fault.row}`}: ${fault.message}`,
  );
}
if (values.database && result.header) {
  const { verifyRowsInDatabase } = await import('@/lib/releases/verify-database');
  const { disconnect } = await import('@/lib/db');
  for (let from = 0; from < rows.length; from += 500) {
    const found = await verifyRowsInDatabase(result.header, rows.slice(from, from + 500));
    for (const message of found.faults) console.log(`FAULT database ${message}`);
    for (const message of found.warnings) console.log(`WARNING ${message}`);
    ok &&= found.faults.length === 0;
  }
  console.log(`${rows.length} rows compared with the database, as of the freeze.`);
  await disconnect();
}
if (result.header?.erased)
  console.log(
    `${result.header.erased} rows were erased since the release was frozen; this file was made again without them.`,
  );
if (result.keyFingerprint) console.log(`Signed by key ${result.keyFingerprint}.`);
if (key) console.log(`Trusted key   ${keyFingerprint(key)}.`);
console.log(`Signature: ${result.signature}.`);
if (!ok) {
  console.log('Not verified.');
  process.exit(1);
}
if (result.signature !== 'valid') {
  console.log('Everything else holds, but the signature was not checked: give --public-key.');
  process.exit(3);
}
console.log(
  'Verified: every line is, byte for byte, a revision that somebody other than its author approved.',
);
