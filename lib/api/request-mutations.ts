import 'server-only';
import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';

/** A request belongs to its process for so long after the last sign of it, in seconds. */
const CLAIM_SECONDS = 60;

type Asked = {
  tokenId: string;
  key: string;
  requestHash: string;
  /** Throws where a request that was cut off may not be carried out again. */
  assertRepeatable: () => void;
};
export type Answered = { status: number; body: string };

/** An attempt to carry a request out, which nobody else makes meanwhile. */
export type Held = {
  tokenId: string;
  key: string;
  claim: string;
  /** The same for every attempt of this request. */
  requestId: string;
  /** No attempt was cut off before this one. */
  isFirst: boolean;
};
type Taken =
  | { kind: 'held'; held: Held }
  | { kind: 'answered'; answer: Answered; fileHash: string | null };

const inProgress = () =>
  new AppError('CONFLICT', 'api.errors.inProgress', {}, { data: { outcome: 'under_way' } });
export const keyReused = () => new AppError('INVALID', 'api.errors.keyReused');

/**
 * Takes a key for a request, or answers what the first request with it was answered. One statement
 * decides among parallel ones. Throws INVALID where the key belongs to another request, CONFLICT
 * while the first one is under way. Where its process is gone the request is carried out again if
 * it may be. Keys are free again after 24 hours.
 */
export async function takeKey(asked: Asked): Promise<Taken> {
  const { tokenId, key, requestHash } = asked;
  await db.$executeRaw`DELETE FROM "ApiRequest" WHERE "tokenId" = ${tokenId}::uuid
    AND "createdAt" < now() - INTERVAL '24 hours'`;
  const claim = randomUUID();
  const [made] = await db.$queryRaw<{ id: string }[]>`
    INSERT INTO "ApiRequest" ("tokenId", "key", "requestHash", "claim", "claimedUntil")
    VALUES (${tokenId}::uuid, ${key}, ${requestHash}, ${claim}::uuid,
            now() + ${CLAIM_SECONDS} * INTERVAL '1 second')
    ON CONFLICT DO NOTHING RETURNING "id"`;
  const held = { tokenId, key, claim };
  if (made) return { kind: 'held', held: { ...held, requestId: made.id, isFirst: true } };
  const first = await db.apiRequest.findUnique({
    where: { tokenId_key: { tokenId, key } },
    select: { requestHash: true, status: true, body: true, fileHash: true },
  });
  if (first && first.requestHash !== requestHash) throw keyReused();
  if (first?.status != null) {
    const answer = { status: first.status, body: first.body ?? '' };
    return { kind: 'answered', answer, fileHash: first.fileHash };
  }
  return {
    kind: 'held',
    held: { ...held, requestId: await takeOver(asked, claim), isFirst: false },
  };
}

/** Takes the request of a process that is gone. Throws CONFLICT while it may be there. */
async function takeOver({ tokenId, key, assertRepeatable }: Asked, claim: string): Promise<string> {
  const [left] = await db.$queryRaw<{ claim: string }[]>`
    SELECT "claim" FROM "ApiRequest" WHERE "tokenId" = ${tokenId}::uuid AND "key" = ${key}
      AND "status" IS NULL AND "claimedUntil" <= now()`;
  if (!left) throw inProgress();
  assertRepeatable();
  const [taken] = await db.$queryRaw<{ id: string }[]>`
    UPDATE "ApiRequest"
    SET "claim" = ${claim}::uuid, "claimedUntil" = now() + ${CLAIM_SECONDS} * INTERVAL '1 second'
    WHERE "tokenId" = ${tokenId}::uuid AND "key" = ${key} AND "claim" = ${left.claim}::uuid
      AND "status" IS NULL AND "claimedUntil" <= now()
    RETURNING "id"`;
  if (!taken) throw inProgress();
  return taken.id;
}

const unanswered = ({ tokenId, key, claim }: Held) => ({ tokenId, key, claim, status: null });

/** A sign of the process that carries a request out. */
export async function renewClaim({ tokenId, key, claim }: Held): Promise<void> {
  await db.$executeRaw`UPDATE "ApiRequest"
    SET "claimedUntil" = now() + ${CLAIM_SECONDS} * INTERVAL '1 second'
    WHERE "tokenId" = ${tokenId}::uuid AND "key" = ${key} AND "claim" = ${claim}::uuid AND "status" IS NULL`;
}

/**
 * Notes the SHA-256 of an uploaded file, before the upload has its effect. Throws INVALID where an
 * earlier attempt had other bytes, CONFLICT where somebody else holds the request by now.
 */
export async function noteFile(held: Held, fileHash: string): Promise<void> {
  const { count } = await db.apiRequest.updateMany({
    where: { ...unanswered(held), OR: [{ fileHash: null }, { fileHash }] },
    data: { fileHash },
  });
  if (count > 0) return;
  throw (await db.apiRequest.count({ where: unanswered(held) })) > 0 ? keyReused() : inProgress();
}

/** Keeps the answer for whoever repeats the request. */
export async function keepAnswer(held: Held, { status, body }: Answered): Promise<void> {
  await db.apiRequest.updateMany({ where: unanswered(held), data: { status, body } });
}

/** After a refusal, which changed nothing: the key may be used again. */
export async function freeKey(held: Held): Promise<void> {
  // Of an attempt before this one nobody knows what it changed.
  if (!held.isFirst) return letGo(held);
  await db.apiRequest.deleteMany({ where: unanswered(held) });
}

/** After a failure of which nobody knows what it changed: who repeats the request need not wait. */
export async function letGo({ tokenId, key, claim }: Held): Promise<void> {
  await db.$executeRaw`UPDATE "ApiRequest" SET "claimedUntil" = now()
    WHERE "tokenId" = ${tokenId}::uuid AND "key" = ${key} AND "claim" = ${claim}::uuid AND "status" IS NULL`;
}
