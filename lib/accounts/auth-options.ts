import 'server-only';
import type { NextAuthOptions } from 'next-auth';
import { decode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { findSignedInBySession } from '@/lib/session';
import { sessionCookieName, sessionMaxAgeSeconds } from '@/lib/session-cookie';
import { safePath } from './redirect-rules';
import { revokeSession } from './session-mutations';

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string };
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    /** Session.id. Nothing else travels: rights are read from the database on each request. */
    sid?: string | undefined;
  }
}

/** Shared by the route and by what writes the cookie. `__Host-`: this host only, whole path. */
export const sessionCookieOptions = {
  httpOnly: true,
  sameSite: 'lax',
  secure: true,
  path: '/',
} as const;

/**
 * next-auth as the session machinery: its encrypted JWT in its cookie, its session and sign-out
 * routes. There are no providers: a session begins only in lib/accounts/sign-in-mutations.ts,
 * behind the throttle, so that there is one way in.
 */
export function authOptions(): NextAuthOptions {
  const { APP_URL, NEXTAUTH_SECRET } = env();
  const origin = new URL(APP_URL).origin;
  return {
    secret: NEXTAUTH_SECRET,
    providers: [],
    // A token whose session was revoked, outlived or disabled is no token.
    jwt: {
      decode: async (params) => {
        const token = await decode(params).catch(() => null);
        return (await findSignedInBySession(token?.sid)) ? token : null;
      },
    },
    session: { strategy: 'jwt', maxAge: sessionMaxAgeSeconds },
    useSecureCookies: true,
    cookies: { sessionToken: { name: sessionCookieName, options: sessionCookieOptions } },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in', newUser: '/' },
    callbacks: {
      jwt: ({ token }) => ({ sid: token.sid }),
      session: async ({ session, token }) => {
        const signedIn = await findSignedInBySession(token.sid);
        return {
          expires: session.expires,
          user: { id: signedIn?.userId ?? '', name: signedIn?.name ?? '' },
        };
      },
      redirect: ({ url }) => new URL(safePath(url, origin), origin).href,
    },
    events: {
      signOut: async ({ token }) => {
        if (token?.sid) await revokeSession(token.sid);
      },
    },
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  };
}
