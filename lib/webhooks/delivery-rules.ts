import type { DeliveryOutcome } from '@/lib/webhooks/webhook-events';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * How long after each failed attempt the next one is made, in milliseconds: the schedule that the
 * Standard Webhooks specification suggests. Ten attempts over a little more than three days.
 */
export const retryDelaysMs: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A webhook where nothing has arrived for this long is turned off, in milliseconds. */
export const GIVE_UP_AFTER_MS = 72 * HOUR;

/** How long the secret before still signs after a change, in milliseconds. */
export const OLD_SECRET_MS = 24 * HOUR;

/** How long events and their log are kept, in milliseconds. */
export const KEEP_LOG_MS = 30 * 24 * HOUR;

/** Of a delay, how much is left to chance, so that what failed together does not return together. */
const JITTER = 0.1;

/**
 * The time of the next attempt, or null when it was the last. `tries`: attempts of this round, the
 * failed one included; `chance`: from 0 to 1.
 */
export function nextAttemptAt(tries: number, now: Date, chance: number): Date | null {
  const delay = retryDelaysMs[tries - 1];
  if (delay === undefined) return null;
  return new Date(now.getTime() + Math.round(delay * (1 + JITTER * chance)));
}

/** What an answer's status says. */
export function outcomeOfStatus(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return 'delivered';
  if (status >= 300 && status < 400) return 'redirected';
  return status === 410 ? 'gone' : 'answered';
}

const unreachable = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'];

/** What the code of a failed connection says. */
export function outcomeOfError(code: string): DeliveryOutcome {
  if (/^(ENOTFOUND|EAI_|ENODATA)/.test(code)) return 'unknown_host';
  if (unreachable.includes(code)) return 'unreachable';
  if (code === 'ETIMEDOUT') return 'timeout';
  return /^EPROTO|^ERR_(TLS|SSL)|CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH/.test(code)
    ? 'tls'
    : 'broken';
}
