import { vi } from 'vitest';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { setEnvironment } from '@/tests/set-environment';

/**
 * Does something in another installation of this process, such as a restored one: in modules that
 * are loaded anew and know no other. Queue and database of this one are left before.
 */
export async function onInstallation<T>(
  environment: { DATABASE_URL: string; DATA_DIR: string },
  act: () => Promise<T>,
): Promise<T> {
  await stopQueue(0);
  await disconnect();
  const restoreEnvironment = setEnvironment(environment);
  vi.resetModules();
  try {
    return await act();
  } finally {
    restoreEnvironment();
    vi.resetModules();
  }
}
