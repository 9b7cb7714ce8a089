import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { keyFingerprint, readPublicKey, readSigningKey } from '@/lib/exports/manifest';
import { planTimeLine } from '@/lib/proofs/plan-time';
import { isVoted } from '@/lib/proofs/proof-schema';
import { judgeGuessing } from '@/lib/proofs/statistics/guessing';
import { verifyReport } from '@/lib/proofs/verify-report';
import { guessesInOrder } from '@/lib/proofs/vote-rules';

/**
 * npm run verify-proof -- FILE [--public-key K]
 * Exit codes: 0 all holds · 1 something does not · 2 wrong use · 3 all holds, but the signature was not checked.
 */
const usage = 'Use: npm run verify-proof -- FILE [--public-key FILE_OR_BASE64]';

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { 'public-key': { type: 'string' } } });
  } catch (error) {
    return fail(`${(error as Error).message}\n${usage}`);
  }
}

/** The key to trust: the one that was given, else this installation's own. */
function readTrustedKey(given: string | undefined) {
  try {
    if (given === undefined)
      return process.env.SIGNING_KEY
        ? createPublicKey(readSigningKey(process.env.SIGNING_KEY))
        : null;
    return readPublicKey(/^[A-Za-z0-9+/=]+$/.test(given) ? given : readFileSync(given, 'utf8'));
  } catch {
    return fail('The public key cannot be read. Give a PEM file, or the SPKI key in base64.');
  }
}

function readReport(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return fail(`${file} cannot be read.`);
  }
}

const { positionals, values } = readArguments();
const [file, ...more] = positionals;
if (!file || more.length > 0) fail(usage);
const key = readTrustedKey(values['public-key']);
const result = verifyReport(readReport(file), key);

console.log(`${result.votes.length} votes, ${result.result?.items ?? 0} held-out examples.`);
if (result.header) {
  const { plan, opponent } = result.header;
  const votes = `, ${plan.votesPerPrompt} votes on each prompt, ${plan.candidate} against ${opponent}`;
  console.log(
    `Sealed before the first vote: ${plan.measure}, bar ${plan.barOf100} of 100, margin ${plan.marginOf100}${isVoted(plan.measure) ? votes : ''}.`,
  );
  console.log(planTimeLine(result.header));
  if (result.header.answersCommitment === null)
    console.log('NOTE the answers were not committed to before the first vote.');
}
const guessing = judgeGuessing(guessesInOrder(result.votes));
if (guessing.gaveItAway)
  console.log('NOTE Style gave it away: voters knew the new model more often than by chance.');
for (const fault of result.faults) console.log(`FAULT ${fault}`);
for (const line of result.result?.verdicts ?? [])
  console.log(`Verdict (${line.part}): ${line.verdict}, ${line.counted} of ${line.groups} groups.`);
if (result.keyFingerprint) console.log(`Signed by key ${result.keyFingerprint}.`);
if (key) console.log(`Trusted key   ${keyFingerprint(key)}.`);
console.log(`Signature: ${result.signature}.`);
if (result.faults.length > 0) {
  console.log('Not verified.');
  process.exit(1);
}
if (result.signature !== 'valid') {
  console.log('Everything else holds, but the signature was not checked: give --public-key.');
  process.exit(3);
}
console.log('Verified: the verdict follows from what was sealed before the first vote.');
