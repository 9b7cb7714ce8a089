import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const withNextIntl = createNextIntlPlugin('./i18n/request.ts');

/** Headers that never change from request to request; the per-request policy is in proxy.ts. */
const STATIC_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

const config: NextConfig = {
  output: 'standalone',
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  serverExternalPackages: ['pino', 'pg', 'pg-boss', '@node-rs/argon2', '@huggingface/tokenizers'],
  // The texts are read from the folder at run time, so the standalone build has to carry them.
  outputFileTracingIncludes: { '/**': ['./messages/**/*.json'] },
  // Asked for by browsers where a page names no icon, as an answer without HTML does.
  async rewrites() {
    return [{ source: '/favicon.ico', destination: '/icon.svg' }];
  },
  async headers() {
    return [
      { source: '/:path*', headers: STATIC_HEADERS },
      // Streamed uploads bypass the proxy, which would buffer their bodies.
      ...['w/:workspace', 'v1'].map((place) => ({
        source: `/api/${place}/datasets/:dataset/imports/:path*`,
        headers: [
          {
            key: 'Content-Security-Policy',
            value: "default-src 'none'; frame-ancestors 'none'; sandbox",
          },
          { key: 'Cache-Control', value: 'no-store' },
        ],
      })),
    ];
  },
};

export default withNextIntl(config);
