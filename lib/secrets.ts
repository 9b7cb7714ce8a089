import 'server-only';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { SecretPlace } from '@/lib/sealed-columns';

/** A token for a link: 32 random bytes, base64url. Only its hash is stored. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 in hex. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_PREFIX = 'v1.';

const associated = ({ table, id, column }: SecretPlace) => Buffer.from(`${table}.${id}.${column}`);

/**
 * The keys of this installation, the one that seals first: while the key is being changed both are
 * given, and either may have sealed. Throws UNAVAILABLE where there is none.
 */
function encryptionKeys(): [string, ...string[]] {
  const { APP_ENCRYPTION_KEY: current, APP_ENCRYPTION_KEY_NEXT: next } = env();
  if (!current) throw new AppError('UNAVAILABLE', 'errors.noEncryptionKey');
  return next ? [next, current] : [current];
}

/** Seals a secret for one column of one row. */
export function sealSecret(secret: string, place: SecretPlace): string {
  return sealWith(encryptionKeys()[0], secret, place);
}

/**
 * AES-256-GCM with a random nonce of 96 bits, the place as associated data. `key` is 32 bytes in
 * base64. Answers `v1.` and base64url of nonce, tag and ciphertext.
 */
export function sealWith(key: string, secret: string, place: SecretPlace): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key, 'base64'), iv, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(associated(place));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return SEALED_PREFIX + Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url');
}

/** Opens what `sealSecret` made for the same place. Throws on anything that was changed or moved. */
export function openSecret(sealed: string, place: SecretPlace): string {
  const [key, ...others] = encryptionKeys();
  for (const other of others) {
    try {
      return openWith(other, sealed, place);
    } catch {
      // Another key sealed it.
    }
  }
  return openWith(key, sealed, place);
}

/** Opens with one key. Throws where another one sealed, or what was sealed was changed or moved. */
export function openWith(key: string, sealed: string, place: SecretPlace): string {
  if (!sealed.startsWith(SEALED_PREFIX)) throw new Error('not a sealed secret');
  const bytes = Buffer.from(sealed.slice(SEALED_PREFIX.length), 'base64url');
  const decipher = createDecipheriv(
    CIPHER,
    Buffer.from(key, 'base64'),
    bytes.subarray(0, IV_BYTES),
    { authTagLength: TAG_BYTES },
  );
  decipher.setAAD(associated(place));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = [decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()];
  return Buffer.concat(text).toString('utf8');
}
