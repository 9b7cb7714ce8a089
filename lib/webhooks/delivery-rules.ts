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

/** So long at most an answer may put the next attempt off: as long as the schedule itself waits. */
export const MAX_ASKED_WAIT_MS = 24 * HOUR;

/** What of an answer says when to come back. */
export type AskedWait = { status: number | null; retryAfter: string | null };

/**
 * How long an answer of 429 or 503 asks to be left alone by its Retry-After (seconds or an HTTP date),
 * in milliseconds; 0 where it asks for nothing, for something past or for nothing that can be read.
 */
export function askedWaitMs({ status, retryAfter }: AskedWait, now: Date): number {
  if (status !== 429 && status !== 503) return 0;
  const text = retryAfter?.trim() ?? '';
  const asked = /^\d+$/.test(text) ? Number(text) * SECOND : httpDateMs(text) - now.getTime();
  return Math.min(Math.max(asked, 0), MAX_ASKED_WAIT_MS) || 0;
}

/** The three forms of RFC 9110, of which the last names no zone; NaN for anything else. */
function httpDateMs(text: string): number {
  const form =
    /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$|^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d [\d:]{8} GMT$/;
  if (form.test(text)) return Date.parse(text);
  return /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d [\d:]{8} \d{4}$/.test(text)
    ? Date.parse(`${text} GMT`)
    : Number.NaN;
}

type Failed = {
  /** Attempts of this round, the failed one included. */
  tries: number;
  now: Date;
  /** From 0 to 1. */
  chance: number;
  /** What the answer asks for; never sooner than the schedule. */
  askedMs?: number;
};

/** The time of the next attempt, or null when it was the last. */
export function nextAttemptAt({ tries, now, chance, askedMs = 0 }: Failed): Date | null {
  const planned = retryDelaysMs[tries - 1];
  if (planned === undefined) return null;
  return new Date(now.getTime() + Math.round(Math.max(planned, askedMs) * (1 + JITTER * chance)));
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
