import 'server-only';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from '@/lib/db';

/** Requests that one token may make in one window. */
export const REQUESTS = 600;
export const WINDOW_SECONDS = 60;

const holder = globalThis as typeof globalThis & { apprenticeApiLimit?: RateLimiterPostgres };

/** Counters live in the table RateLimit, so they hold for all web processes. */
function limiter(): RateLimiterPostgres {
  holder.apprenticeApiLimit ??= new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'RateLimit',
    tableCreated: true,
    clearExpiredByTimeout: true,
    keyPrefix: 'api-token',
    points: REQUESTS,
    duration: WINDOW_SECONDS,
  });
  return holder.apprenticeApiLimit;
}

/**
 * Counts a request of a token. Answers the headers that tell what is left (draft-ietf-httpapi-
 * ratelimit-headers-10) and the seconds to wait, 0 where the request may go on.
 */
export async function countRequest(
  tokenId: string,
): Promise<{ headers: Record<string, string>; wait: number }> {
  const taken = await limiter()
    .consume(tokenId)
    .catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error;
      throw error;
    });
  const seconds = Math.max(1, Math.ceil(taken.msBeforeNext / 1_000));
  const over = taken.consumedPoints > REQUESTS;
  const headers = {
    'RateLimit-Policy': `"token";q=${REQUESTS};w=${WINDOW_SECONDS}`,
    RateLimit: `"token";r=${Math.max(0, taken.remainingPoints)};t=${seconds}`,
    ...(over ? { 'Retry-After': String(seconds) } : {}),
  };
  return { headers, wait: over ? seconds : 0 };
}
