import 'server-only';
import { createHash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import {
  isSignedBy,
  type ManifestSignature,
  manifestSignatureSchema,
} from '@/lib/exports/manifest';

/** How much of the end of a manifest holds its signature for certain, in bytes. */
const TAIL_BYTES = 4_096;
const LINE_FEED = 10;

/** The last line of a manifest, as a signature, and where it begins; null where it is none. */
async function readSignature(
  file: FileHandle,
): Promise<{ signature: ManifestSignature; from: number } | null> {
  const { size } = await file.stat();
  const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
  await file.read(tail, 0, tail.length, size - tail.length);
  if (tail.at(-1) !== LINE_FEED || tail.length < 2) return null;
  const begin = tail.lastIndexOf(LINE_FEED, tail.length - 2) + 1;
  if (begin === 0) return null;
  try {
    const line = JSON.parse(tail.subarray(begin).toString('utf8'));
    const signature = manifestSignatureSchema.parse(line);
    return { signature, from: size - tail.length + begin };
  } catch {
    return null;
  }
}

/** Whether a manifest ends with the key's signature over everything before it. Reads it as a stream. */
export async function isManifestSigned(path: string, key: KeyObject): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const found = await readSignature(file);
    if (!found) return false;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path, { end: found.from - 1 })) hash.update(chunk);
    return isSignedBy(found.signature, hash.digest(), key);
  } finally {
    await file.close();
  }
}
