import 'server-only';
import { encode } from 'next-auth/jwt';
import { env } from '@/lib/env';
import { sessionMaxAgeSeconds } from '@/lib/session-cookie';

/** The token of a session, as next-auth makes it: encrypted, and carrying nothing but the id. */
export function sessionToken(sessionId: string): Promise<string> {
  return encode({
    token: { sid: sessionId },
    secret: env().NEXTAUTH_SECRET,
    maxAge: sessionMaxAgeSeconds,
  });
}
