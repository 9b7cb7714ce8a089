import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/accounts/auth-options';
import { env } from '@/lib/env';
import { route } from '@/lib/http';

type Context = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own routes: session, csrf and signout. Sessions begin elsewhere; see auth-options. */
async function handle(request: NextRequest, context: Context): Promise<Response> {
  process.env.NEXTAUTH_URL ??= env().APP_URL;
  const answer = route(() => NextAuth(request, context, authOptions()) as Promise<Response>);
  return answer(request, { params: Promise.resolve({}) });
}

export { handle as GET, handle as POST };
