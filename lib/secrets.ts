import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

/** A token for a link: 32 random bytes, base64url. Only its hash is stored. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
