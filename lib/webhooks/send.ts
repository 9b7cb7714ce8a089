import 'server-only';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { findAddressFault, mayConnect } from '@/lib/webhooks/address-rules';
import { type AskedWait, outcomeOfError, outcomeOfStatus } from '@/lib/webhooks/delivery-rules';
import type { DeliveryOutcome } from '@/lib/webhooks/webhook-events';

/** A receiver has this long to answer, looking up and connecting included, in milliseconds. */
const TIMEOUT_MS = 15_000;
/** Of an answer's body so much is taken before the connection is cut. It is read by nobody. */
const MAX_ANSWER_BYTES = 16 * 1024;

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export type Sending = {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Origins that may be private, plain http or on another port. */
  allowed: readonly string[];
  /** The worker is told to stop. */
  signal: AbortSignal;
  resolve?: Resolve;
  timeoutMs?: number;
};

/** `at` is when the request began; `status` is null where no answer came. */
export type Sent = AskedWait & {
  at: Date;
  durationMs: number;
  outcome: DeliveryOutcome;
};

class RefusedAddress extends Error {}

const resolveAll: Resolve = (hostname) => lookup(hostname, { all: true });

/**
 * Looks a name up for the very connection that is being made: what it answers is what is connected
 * to, so that a name which says something else a moment later changes nothing. One forbidden address
 * among several is enough to refuse.
 */
function guardedLookup(resolve: Resolve, allowsInner: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const first = addresses[0];
        if (!first || addresses.some(({ address }) => !mayConnect(address, allowsInner)))
          callback(new RefusedAddress(), []);
        else if (options.all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

type Answered = { status: number; retryAfter: string | null };

/** Sends the request and answers its status; redirects are answers like others. */
function post(sending: Sending, signal: AbortSignal): Promise<Answered> {
  const url = new URL(sending.url);
  const { request } = url.protocol === 'https:' ? https : http;
  return new Promise((done, fail) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        // A connection of its own: one that was made for another check is never used again.
        agent: false,
        lookup: guardedLookup(sending.resolve ?? resolveAll, sending.allowed.includes(url.origin)),
        headers: {
          ...sending.headers,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(sending.body),
          'user-agent': 'Apprentice-Webhooks/1',
        },
        signal,
      },
      (answer) => {
        let bytes = 0;
        answer.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) answer.destroy();
        });
        // The status is there; what becomes of the body changes nothing.
        answer.on('error', () => undefined);
        const retryAfter = answer.headers['retry-after'] ?? null;
        answer.on('close', () => done({ status: answer.statusCode ?? 0, retryAfter }));
      },
    );
    outgoing.on('error', fail);
    outgoing.end(sending.body);
  });
}

function outcomeOf(error: unknown): DeliveryOutcome {
  if (error instanceof RefusedAddress) return 'refused';
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] };
  return outcomeOfError(code ?? errors?.[0]?.code ?? '');
}

/**
 * Sends one signed message. Throws only when the worker is told to stop; whatever else goes wrong
 * is an outcome.
 */
export async function sendMessage(sending: Sending): Promise<Sent> {
  const at = new Date();
  const begun = performance.now();
  const ended = (answered: Answered | null, outcome: DeliveryOutcome): Sent => ({
    at,
    durationMs: Math.round(performance.now() - begun),
    status: answered?.status ?? null,
    retryAfter: answered?.retryAfter ?? null,
    outcome,
  });
  if (findAddressFault(sending.url, sending.allowed)) return ended(null, 'refused');
  const timeout = AbortSignal.timeout(sending.timeoutMs ?? TIMEOUT_MS);
  try {
    const answered = await post(sending, AbortSignal.any([sending.signal, timeout]));
    return ended(answered, outcomeOfStatus(answered.status));
  } catch (error) {
    sending.signal.throwIfAborted();
    return ended(null, timeout.aborted ? 'timeout' : outcomeOf(error));
  }
}
