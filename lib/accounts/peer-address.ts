import 'server-only';
import { randomBytes } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { headers } from 'next/headers';
import { env } from '@/lib/env';
import { canStepIn, countedAddress, isSecureEnough, type Peer } from './client-rules';

/**
 * Next gives pages no peer address, and fills in X-Forwarded-* by itself, so that a page cannot
 * tell what a client sent. Node announces each request before anybody handles it; there we note
 * what the socket says under a header name that is drawn anew by each process. Nobody outside
 * can know the name, so nobody can send it. Without the note the peer counts as unknown, and
 * everything that needs a known one is refused.
 */
const holder = globalThis as typeof globalThis & { apprenticePeerHeader?: string };

/** Starts noting peers. Called once by instrumentation.ts, before the first request. */
export function notePeers(): void {
  if (holder.apprenticePeerHeader) return;
  const name = `x-peer-${randomBytes(16).toString('hex')}`;
  holder.apprenticePeerHeader = name;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = Object.keys(request.headers).some(
      (header) => header === 'forwarded' || header.startsWith('x-forwarded-') || header === 'via',
    );
    const { remoteAddress } = request.socket;
    if (remoteAddress)
      request.headers[name] = `${forwarded ? 'forwarded' : 'direct'} ${remoteAddress}`;
  });
}

async function findPeer(): Promise<Peer | null> {
  const name = holder.apprenticePeerHeader;
  const note = name ? (await headers()).get(name) : null;
  const [how, address] = note?.split(' ') ?? [];
  return address ? { address, forwarded: how !== 'direct' } : null;
}

/** The address that this request's tries are counted for; null where it is unknown. */
export async function requestAddress(): Promise<string | null> {
  return countedAddress(await findPeer(), (await headers()).get('x-forwarded-for'));
}

/** Whether this request may use "Step in as …". */
export async function requestCanStepIn(): Promise<boolean> {
  const host = (await headers()).get('host');
  return canStepIn({ appUrl: env().APP_URL, host, peer: await findPeer() });
}

/** Whether the browser of this request would keep and send the session's cookie. */
export async function requestIsSecureEnough(): Promise<boolean> {
  return isSecureEnough({ appUrl: env().APP_URL, host: (await headers()).get('host') });
}
