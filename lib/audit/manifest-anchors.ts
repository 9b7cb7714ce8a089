import 'server-only';
import type { KeyObject } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Anchor } from '@/lib/audit/anchors';
import type { RecordFault } from '@/lib/audit/verify-record';
import { manifestHeaderSchema } from '@/lib/exports/manifest';
import { isManifestSigned } from '@/lib/exports/manifest-signature';
import { dataPath } from '@/lib/files';

/** Longest head of a manifest, in bytes; it holds ids, hashes and a version. */
const MAX_HEAD_BYTES = 16_384;

async function readFirstLine(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const head = Buffer.alloc(MAX_HEAD_BYTES);
    const { bytesRead } = await handle.read(head, 0, head.length, 0);
    return head.subarray(0, bytesRead).toString('utf8').split('\n')[0] ?? '';
  } finally {
    await handle.close();
  }
}

/** How far the record had come by a manifest's own word; null where it is an older one, or none. */
async function readManifestAnchor(file: string): Promise<Anchor | null> {
  try {
    const { record, frozenAt } = manifestHeaderSchema.parse(JSON.parse(await readFirstLine(file)));
    return record ? { ...record, at: frozenAt } : null;
  } catch {
    return null;
  }
}

/** The manifests that lie in the file store, whether or not the database still knows them. */
export async function findStoredManifests(): Promise<string[]> {
  const folder = dataPath('files', 'manifests');
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.jsonl')).map((name) => path.join(folder, name));
}

export type ManifestWords = {
  anchors: Map<string, Anchor[]>;
  /** Manifests that are not signed with the key. What they say is held against nothing. */
  faults: RecordFault[];
  /** Manifests that do not say how far the record had come. */
  silent: string[];
};

/** The words of manifests as anchors of their chains; with a key, only where they bear its signature. */
export async function readManifestAnchors(
  files: readonly string[],
  key: KeyObject | null,
): Promise<ManifestWords> {
  const words: ManifestWords = { anchors: new Map(), faults: [], silent: [] };
  for (const file of files) {
    const anchor = await readManifestAnchor(file);
    if (!anchor) words.silent.push(file);
    else if (key && !(await isManifestSigned(file, key)))
      words.faults.push({
        chain: anchor.chain,
        sequence: anchor.sequence,
        message: `the manifest ${file}, which names entry ${anchor.sequence}, does not bear this installation's signature`,
      });
    else words.anchors.set(anchor.chain, [...(words.anchors.get(anchor.chain) ?? []), anchor]);
  }
  return words;
}
