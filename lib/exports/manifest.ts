import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';

/**
 * A manifest is itself JSON Lines, so that it can be written and read at any size: a header, one
 * line per row of the training file, a summary, and a last line with an Ed25519 signature
 * (RFC 8032) over the SHA-256 of every byte before it. Each line is exactly what JSON.stringify
 * gives for its object with the keys in the order below.
 */
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const instant = z.iso.datetime();

export const manifestHeaderSchema = z.strictObject({
  kind: z.literal('header'),
  /** 2 since manifests say how far the record had come, 3 since they say how the brief was approved. */
  manifestVersion: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  app: z.string(),
  workspaceId: z.uuid(),
  datasetId: z.uuid(),
  releaseId: z.uuid(),
  releaseNumber: z.int().positive(),
  frozenAt: instant,
  format: z.string(),
  split: z.enum(['training', 'validation']),
  brief: z.strictObject({
    id: z.uuid(),
    version: z.int().positive(),
    systemPromptSha256: hex64,
    authorId: z.uuid(),
    approvedById: z.uuid(),
    approvedAt: instant,
    approvedVia: z.enum(['session', 'token']).optional(),
  }),
  /** The last sealed entry of the workspace's record when the file was rendered. */
  record: z.strictObject({ chain: z.uuid(), sequence: z.int().positive(), hash: hex64 }).optional(),
  /** Rows of this part that were erased since the freeze; the file was made again without them. */
  erased: z.int().positive().optional(),
});

export const manifestRowSchema = z.strictObject({
  kind: z.literal('row'),
  row: z.int().nonnegative(),
  exampleId: z.uuid(),
  number: z.int().positive(),
  revisionId: z.uuid(),
  ordinal: z.int().positive(),
  contentHash: hex64,
  lineSha256: hex64,
  /** Whose system message the line holds. */
  system: z.enum(['example', 'brief']),
  authorId: z.uuid(),
  reviewId: z.uuid(),
  reviewerId: z.uuid(),
  reviewedAt: instant,
  via: z.enum(['session', 'token']),
});

export const manifestSummarySchema = z.strictObject({
  kind: z.literal('summary'),
  rows: z.int().nonnegative(),
  bytes: z.int().nonnegative(),
  fileSha256: hex64,
});

export const manifestSignatureSchema = z.strictObject({
  kind: z.literal('signature'),
  algorithm: z.literal('Ed25519'),
  /** SHA-256 of the public key's SPKI DER encoding. */
  keyFingerprint: hex64,
  manifestSha256: hex64,
  signature: z.base64(),
});

export type ManifestHeader = z.infer<typeof manifestHeaderSchema>;
export type ManifestRow = z.infer<typeof manifestRowSchema>;
export type ManifestSummary = z.infer<typeof manifestSummarySchema>;
export type ManifestSignature = z.infer<typeof manifestSignatureSchema>;

/** Reads the installation's private key (PKCS 8 DER, base64). */
export function readSigningKey(base64: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'pkcs8' });
}

/** Reads a public key: PEM, or SPKI DER in base64. */
export function readPublicKey(text: string): KeyObject {
  const trimmed = text.trim();
  if (trimmed.startsWith('-----')) return createPublicKey(trimmed);
  return createPublicKey({ key: Buffer.from(trimmed, 'base64'), format: 'der', type: 'spki' });
}

/** SHA-256, hex, of a public key's SPKI DER encoding. */
export function keyFingerprint(key: KeyObject): string {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}

/** The last line of a manifest, over the digest (32 bytes) of everything before it. */
export function signManifest(digest: Buffer, key: KeyObject): ManifestSignature {
  return {
    kind: 'signature',
    algorithm: 'Ed25519',
    keyFingerprint: keyFingerprint(key),
    manifestSha256: digest.toString('hex'),
    signature: sign(null, digest, key).toString('base64'),
  };
}

/** Whether the signature is the key's over the digest, in its one canonical encoding. */
export function isSignedBy(signature: ManifestSignature, digest: Buffer, key: KeyObject): boolean {
  const bytes = Buffer.from(signature.signature, 'base64');
  return (
    bytes.toString('base64') === signature.signature &&
    signature.manifestSha256 === digest.toString('hex') &&
    signature.keyFingerprint === keyFingerprint(key) &&
    verify(null, digest, key, bytes)
  );
}
