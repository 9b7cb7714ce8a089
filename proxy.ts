import { type NextRequest, NextResponse } from 'next/server';

/**
 * Sets the security headers of every request and decides nothing else: who may do what is
 * decided where data is read and written, so that the app is as safe without this file.
 */
export function proxy(request: NextRequest): NextResponse {
  const secure = process.env.APP_URL?.startsWith('https://') ?? false;
  const requestHeaders = new Headers(request.headers);
  // It stands in the place of whatever policy a route sets, so it has to suit downloads too.
  let policy = "default-src 'none'; frame-ancestors 'none'; sandbox";
  if (!request.nextUrl.pathname.startsWith('/api/')) {
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
    policy = pagePolicy(nonce, secure);
    requestHeaders.set('x-nonce', nonce);
    // Pages do not know their own address; the sign-in leads back to it.
    requestHeaders.set('x-path', request.nextUrl.pathname + request.nextUrl.search);
    // Next reads the nonce for its own scripts from the policy on the request.
    requestHeaders.set('content-security-policy', policy);
  }
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('Content-Security-Policy', policy);
  if (secure) {
    response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  }
  return response;
}

function pagePolicy(nonce: string, secure: boolean): string {
  const development = process.env.NODE_ENV === 'development';
  return [
    "default-src 'self'",
    // React rebuilds server stacks with eval in development; the build never does.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    // The dev server injects style elements of its own; with a nonce listed they would be refused.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

export const config = {
  matcher: [
    '/((?!_next/static|_next/image|icon\\.svg|favicon\\.ico|api/(?:w/[^/]+|v1)/datasets/[^/]+/imports(?:/|$)).*)',
  ],
};
