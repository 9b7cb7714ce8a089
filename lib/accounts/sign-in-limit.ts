import 'server-only';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, pool } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { sha256 } from '@/lib/secrets';

export const triesPerAccount = 10;
export const triesPerAddress = 30;
const windowSeconds = 15 * 60;

/** Counters live in the table RateLimit, so they hold over restarts and for all web processes. */
function limiter(keyPrefix: string, points: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'RateLimit',
    tableCreated: true,
    clearExpiredByTimeout: true,
    keyPrefix,
    points,
    duration: windowSeconds,
  });
}

const holder = globalThis as typeof globalThis & {
  apprenticeLimits?: { account: RateLimiterPostgres; address: RateLimiterPostgres };
};

function limits() {
  holder.apprenticeLimits ??= {
    account: limiter('sign-in-account', triesPerAccount),
    address: limiter('sign-in-address', triesPerAddress),
  };
  return holder.apprenticeLimits;
}

// Keys are hashed: the table names nobody.
const keyOf = (value: string) => sha256(value).slice(0, 32);

/** Takes a try and answers which one of the window it is. */
async function take(limit: RateLimiterPostgres, key: string): Promise<number> {
  try {
    return (await limit.consume(key)).consumedPoints;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    if (error.consumedPoints === limit.points + 1) await recordThrottle(limit.points);
    const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
    throw new AppError('RATE_LIMITED', 'accounts.errors.tooManyTries', { minutes });
  }
}

/** Once per window: further tries change nothing, so they cannot flood the record. */
const recordThrottle = (tries: number) =>
  db.$transaction((tx) =>
    recordAudit(
      tx,
      { userId: null, workspaceId: null, via: 'session' },
      { action: 'session.throttled', subjectType: 'session', data: { tries } },
    ),
  );

/**
 * Counts one try before it is checked, so that parallel tries cannot slip past the limit.
 * `account` is an e-mail or another secret's name; `address` may be unknown. Throws RATE_LIMITED
 * with the minutes to wait. Answers which try on the account it is, 0 without an account.
 */
export async function countTry(input: {
  account?: string;
  address: string | null;
}): Promise<number> {
  if (input.address) await take(limits().address, keyOf(input.address));
  return input.account ? take(limits().account, keyOf(input.account)) : 0;
}

/** After a success: the account starts afresh, and the try does not count for the address. */
export async function forgetTries(input: {
  account?: string;
  address: string | null;
}): Promise<void> {
  if (input.account) await limits().account.delete(keyOf(input.account));
  if (input.address) await limits().address.reward(keyOf(input.address));
}
