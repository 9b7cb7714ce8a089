import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';

type Asked = { tokenId: string; key: string; requestHash: string };
export type Answered = { status: number; body: string };

/**
 * Takes a key for a request, or answers what the first request with it was answered. One statement
 * decides among parallel ones. Throws INVALID where the key belongs to another request, CONFLICT
 * while the first one is under way or where it was cut off. Keys are free again after 24 hours.
 */
export async function takeKey({ tokenId, key, requestHash }: Asked): Promise<Answered | null> {
  await db.$executeRaw`DELETE FROM "ApiRequest" WHERE "tokenId" = ${tokenId}::uuid
    AND "createdAt" < now() - INTERVAL '24 hours'`;
  const taken = await db.$executeRaw`
    INSERT INTO "ApiRequest" ("tokenId", "key", "requestHash")
    VALUES (${tokenId}::uuid, ${key}, ${requestHash}) ON CONFLICT DO NOTHING`;
  if (taken === 1) return null;
  const first = await db.apiRequest.findUnique({
    where: { tokenId_key: { tokenId, key } },
    select: { requestHash: true, status: true, body: true },
  });
  if (first && first.requestHash !== requestHash)
    throw new AppError('INVALID', 'api.errors.keyReused');
  if (first?.status == null) throw new AppError('CONFLICT', 'api.errors.inProgress');
  return { status: first.status, body: first.body ?? '' };
}

/** Keeps the answer for whoever repeats the request. */
export async function keepAnswer({ tokenId, key }: Asked, answer: Answered): Promise<void> {
  await db.apiRequest.update({
    where: { tokenId_key: { tokenId, key } },
    data: { status: answer.status, body: answer.body },
    select: { key: true },
  });
}

/** After a refusal, which changed nothing: the key may be used again. */
export async function freeKey({ tokenId, key }: Asked): Promise<void> {
  await db.apiRequest.deleteMany({ where: { tokenId, key, status: null } });
}
