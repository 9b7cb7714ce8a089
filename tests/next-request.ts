// What Next gives a request: its cookies and headers. Everything behind them is real. A test file
// that calls actions and routes puts these in the place of Next's modules:
//   vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
//   vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
//   vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);
import { sessionCookieName } from '@/lib/session-cookie';

/** The request that the next call belongs to. */
export const request = {
  token: undefined as string | undefined,
  headers: {} as Record<string, string>,
};

export const nextHeaders = {
  cookies: async () => ({
    get: (name: string) =>
      name === sessionCookieName && request.token ? { name, value: request.token } : undefined,
    getAll: () => [],
    set: () => undefined,
  }),
  headers: async () => new Headers(request.headers),
};

export const nextCache = { refresh: () => undefined, revalidatePath: () => undefined };

/** Messages stay keys, so that a test sees which one was meant. */
export const nextIntl = {
  getTranslations: async () => Object.assign((key: string) => key, { has: () => true }),
  getTimeZone: async () => 'UTC',
};
