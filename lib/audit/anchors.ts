import 'server-only';
import { type KeyObject, sign, verify } from 'node:crypto';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import type { Head } from '@/lib/audit/sealer';
import { env } from '@/lib/env';
import { keyFingerprint, readSigningKey } from '@/lib/exports/manifest';
import { dataPath } from '@/lib/files';

/**
 * Anchors say outside the database how far a chain had come: one file per chain under
 * DATA_DIR/record, one line per anchor, only ever appended to. A cut tail and an older copy of the
 * database show against them.
 */
const anchorSchema = z.object({
  chain: z.uuid(),
  sequence: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
  keyFingerprint: z.string().optional(),
  signature: z.base64().optional(),
});
export type Anchor = z.infer<typeof anchorSchema>;

const anchorFolder = () => dataPath('record');
const anchorFile = (chain: string) => path.join(anchorFolder(), `${chain}.jsonl`);

const signedBytes = ({ signature: _, ...rest }: Anchor) => Buffer.from(String(canonicalize(rest)));

function createAnchor(head: Head, at: Date): Anchor {
  const { SIGNING_KEY } = env();
  const anchor: Anchor = { ...head, at: at.toISOString() };
  if (!SIGNING_KEY) return anchor;
  const key = readSigningKey(SIGNING_KEY);
  const named = { ...anchor, keyFingerprint: keyFingerprint(key) };
  return { ...named, signature: sign(null, signedBytes(named), key).toString('base64') };
}

/** Whether an anchor bears the signature of the key. */
export function isAnchorSigned(anchor: Anchor, key: KeyObject): boolean {
  if (!anchor.signature || anchor.keyFingerprint !== keyFingerprint(key)) return false;
  return verify(null, signedBytes(anchor), key, Buffer.from(anchor.signature, 'base64'));
}

/**
 * Appends the head of a chain to its file, on disk when this returns. One write of one short line
 * at the end of the file: whole, or a torn last line that the next one does not touch.
 */
export async function writeAnchor(head: Head, at = new Date()): Promise<void> {
  await mkdir(anchorFolder(), { recursive: true, mode: 0o700 });
  const file = await open(anchorFile(head.chain), 'a+', 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    const isTorn = size > 0 && (await file.read(last, 0, 1, size - 1)) && last[0] !== 10;
    await file.write(`${isTorn ? '\n' : ''}${JSON.stringify(createAnchor(head, at))}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The lines of an anchor file that are whole. */
function parseAnchors(text: string): Anchor[] {
  return text.split('\n').flatMap((line) => {
    try {
      return [anchorSchema.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}

/** How much of the end of a file holds its last anchor for certain, in bytes. */
const TAIL_BYTES = 4_096;

/** The last anchor of a chain, or null. */
export async function findLastAnchor(chain: string): Promise<Anchor | null> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(anchorFile(chain), 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    const tail = Buffer.alloc(size - from);
    await file.read(tail, 0, tail.length, from);
    return parseAnchors(tail.toString('utf8')).at(-1) ?? null;
  } finally {
    await file.close();
  }
}

/** All anchors of a folder of anchor files, or of one such file, by chain. Nothing there: none. */
export async function readAnchors(place = anchorFolder()): Promise<Map<string, Anchor[]>> {
  const anchors = new Map<string, Anchor[]>();
  for (const file of await anchorFiles(place)) {
    for (const anchor of parseAnchors(await readFile(file, 'utf8'))) {
      const ofChain = anchors.get(anchor.chain);
      if (ofChain) ofChain.push(anchor);
      else anchors.set(anchor.chain, [anchor]);
    }
  }
  return anchors;
}

async function anchorFiles(place: string): Promise<string[]> {
  try {
    const names = await readdir(place);
    return names.filter((name) => name.endsWith('.jsonl')).map((name) => path.join(place, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [place];
    if (code === 'ENOENT') return [];
    throw error;
  }
}
