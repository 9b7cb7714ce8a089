import { disconnect } from '@/lib/db';
import { env } from '@/lib/env';
import { KeyChangeFault, requireNoApp, resealSecrets } from '@/lib/key-change';

/** The part of bin/rotate-key.mjs that works on the database; both keys come by the environment. */
try {
  const { APP_ENCRYPTION_KEY: current, APP_ENCRYPTION_KEY_NEXT: next } = env();
  if (!current || !next)
    throw new KeyChangeFault('Use npm run rotate-key, which gives this program both keys.');
  await requireNoApp();
  console.log(await resealSecrets({ current, next }));
} catch (error) {
  if (!(error instanceof KeyChangeFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await disconnect();
}
