import 'server-only';
import { createHash } from 'node:crypto';
import type { Operation } from '@/lib/api/operation';
import { operations } from '@/lib/api/operations';
import {
  type Answered,
  freeKey,
  type Held,
  keepAnswer,
  keyReused,
  letGo,
  noteFile,
  renewClaim,
  takeKey,
} from '@/lib/api/request-mutations';
import { AppError } from '@/lib/errors';
import { MAX_IMPORT_BYTES } from '@/lib/imports/import-schema';
import { log } from '@/lib/log';
import { sha256 } from '@/lib/secrets';

/** How often a request that is under way gives a sign, in milliseconds: four times in its claim. */
const SIGN_MS = 15_000;

export type Bytes = AsyncIterable<Uint8Array>;
export type Attempt = { requestId: string; file: Bytes | null };
export type KeyedRequest = {
  tokenId: string;
  key: string;
  url: URL;
  /** What the request is told from others by; of a file, its name: its bytes are told by their hash. */
  text: string;
  file: Bytes | null;
};

/**
 * One effect for all requests with one Idempotency-Key, and one answer; `isReplay` where it is that
 * of an earlier request.
 */
export async function once(
  operation: Operation,
  { tokenId, key, url, text, file }: KeyedRequest,
  run: (attempt: Attempt) => Promise<Answered>,
): Promise<Answered & { isReplay: boolean }> {
  const requestHash = sha256([operation.id, url.pathname, url.search, text].join('\n'));
  const assertRepeatable = () => assertMayRepeat(operation);
  const taken = await takeKey({ tokenId, key, requestHash, assertRepeatable });
  if (taken.kind === 'answered') {
    if (operation.takesFile) await assertSameFile(file, taken.fileHash);
    return { ...taken.answer, isReplay: true };
  }
  const { held } = taken;
  const signs = setInterval(() => {
    renewClaim(held).catch((err: unknown) => log.warn({ err }, 'a request gave no sign'));
  }, SIGN_MS).unref();
  try {
    const noted = file && readNoted(file, held);
    const answer = await run({ requestId: held.requestId, file: noted });
    await keepAnswer(held, answer);
    return { ...answer, isReplay: false };
  } catch (error) {
    // A refusal changed nothing. Of anything else nobody knows.
    await (error instanceof AppError ? freeKey : letGo)(held);
    throw error;
  } finally {
    clearInterval(signs);
  }
}

/** Throws CONFLICT, with the place where the effect would show, for what could be done twice. */
function assertMayRepeat({ repeat }: Operation): void {
  if (repeat === 'again') return;
  const path = operations.find(({ id }) => id === repeat?.look)?.path ?? '';
  throw new AppError(
    'CONFLICT',
    'api.errors.outcomeUnknown',
    { path },
    { data: { outcome: 'unknown', look: path } },
  );
}

/** The file as it comes. Its hash is noted before its end is told, and so before its effect. */
async function* readNoted(file: Bytes, held: Held): Bytes {
  const hash = createHash('sha256');
  for await (const chunk of file) {
    hash.update(chunk);
    yield chunk;
  }
  await noteFile(held, hash.digest('hex'));
}

async function assertSameFile(file: Bytes | null, fileHash: string | null): Promise<void> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of file ?? []) {
    hash.update(chunk);
    bytes += chunk.length;
    // Longer than any file that was taken.
    if (bytes > MAX_IMPORT_BYTES) throw keyReused();
  }
  if (hash.digest('hex') !== fileHash) throw keyReused();
}
