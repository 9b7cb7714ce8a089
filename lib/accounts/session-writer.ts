import 'server-only';
import { cookies, headers } from 'next/headers';
import { findSignedIn } from '@/lib/session';
import { sessionCookieName, sessionMaxAgeSeconds } from '@/lib/session-cookie';
import { sessionCookieOptions } from './auth-options';
import { requestAddress } from './peer-address';
import { revokeSession } from './session-mutations';
import { sessionToken } from './session-token';
import type { Caller } from './sign-in-mutations';

/**
 * Gives the browser of this request a session and ends the one that it had. Only in actions and
 * route handlers.
 */
export async function beginSession(sessionId: string): Promise<void> {
  const before = await findSignedIn();
  if (before && before.sessionId !== sessionId) await revokeSession(before.sessionId);
  const jar = await cookies();
  jar.set(sessionCookieName, await sessionToken(sessionId), {
    ...sessionCookieOptions,
    maxAge: sessionMaxAgeSeconds,
  });
}

/** Ends the session of this request, if there is one, and takes it from the browser. */
export async function endSession(): Promise<void> {
  const signedIn = await findSignedIn();
  if (signedIn) await revokeSession(signedIn.sessionId);
  const jar = await cookies();
  jar.set(sessionCookieName, '', { ...sessionCookieOptions, maxAge: 0 });
}

/** Where this request comes from, for the throttle and the list of sessions. */
export async function requestCaller(): Promise<Caller> {
  return { address: await requestAddress(), userAgent: (await headers()).get('user-agent') };
}
