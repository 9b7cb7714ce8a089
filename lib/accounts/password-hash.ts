import 'server-only';
import { hash, verify } from '@node-rs/argon2';

// OWASP Password Storage Cheat Sheet: argon2id (the library's default), 19 MiB, 2 passes, 1 lane.
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let nobody: Promise<string> | undefined;

/** The argon2id hash of a password, in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

/**
 * Whether the password fits the hash. Without a hash it does the same work against one that fits
 * nothing, so that an unknown address takes as long to answer as a known one.
 */
export async function verifyPassword(
  stored: string | null | undefined,
  password: string,
): Promise<boolean> {
  nobody ??= hash(crypto.randomUUID(), options);
  const fits = await verify(stored ?? (await nobody), password.normalize('NFKC')).catch(
    () => false,
  );
  return Boolean(stored) && fits;
}
