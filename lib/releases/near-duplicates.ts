import { normaliseText } from '@/lib/examples/content';

/**
 * Near-duplicate prompts: Jaccard similarity of the sets of 5-character shingles of the
 * normalised text is at least 0.7. Candidates come from MinHash with banding (Broder 1997;
 * Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, §3.4): 32 bands of 4 rows find a pair
 * at 0.7 with probability 1 − (1 − 0.7⁴)³² > 0.999; every candidate is then compared exactly.
 */
const SHINGLE = 5;
const THRESHOLD = 0.7;
const BANDS = 32;
const ROWS = 4;
const HASHES = BANDS * ROWS;
/** A crowded bucket is compared with this many of its clusters, so that time stays near linear. */
const MAX_COMPARED = 64;

/** Murmur3's 32-bit finaliser. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const seeds = Uint32Array.from({ length: HASHES }, (_, index) => mix(0x9e3779b9 * (index + 1)));

/** Sorted distinct hashes of a text's shingles. A shorter text is one shingle. */
export function shingles(text: string): Uint32Array {
  const characters = [...normaliseText(text)];
  const found = new Set<number>();
  const last = Math.max(1, characters.length - SHINGLE + 1);
  for (let start = 0; start < last; start += 1) {
    let hash = 0x811c9dc5;
    for (let offset = start; offset < Math.min(start + SHINGLE, characters.length); offset += 1) {
      hash = Math.imul(hash ^ (characters[offset]?.codePointAt(0) ?? 0), 0x01000193);
    }
    found.add(mix(hash));
  }
  return Uint32Array.from(found).sort();
}

/** Jaccard similarity of two sorted sets, 0 to 1. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let i = 0;
  let j = 0;
  let shared = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] as number;
    const right = b[j] as number;
    if (left === right) {
      shared += 1;
      i += 1;
      j += 1;
    } else if (left < right) i += 1;
    else j += 1;
  }
  return shared / (a.length + b.length - shared);
}

/** Whether texts are near duplicates of one; for a single text against many. */
export function isNearDuplicate(text: string): (other: string) => boolean {
  const grams = shingles(text);
  return (other) => jaccard(grams, shingles(other)) >= THRESHOLD;
}

function signature(set: Uint32Array): Uint32Array {
  const lowest = new Uint32Array(HASHES).fill(0xffffffff);
  for (const shingle of set) {
    for (let index = 0; index < HASHES; index += 1) {
      const hash = mix(shingle ^ (seeds[index] as number));
      if (hash < (lowest[index] as number)) lowest[index] = hash;
    }
  }
  return lowest;
}

/** Disjoint sets with path halving. */
export class UnionFind {
  private readonly parent: Int32Array;

  constructor(size: number) {
    this.parent = Int32Array.from({ length: size }, (_, index) => index);
  }

  find(item: number): number {
    let at = item;
    while (this.parent[at] !== at) {
      const up = this.parent[this.parent[at] as number] as number;
      this.parent[at] = up;
      at = up;
    }
    return at;
  }

  /** The smaller root wins, so that a set's root is its first item. */
  union(a: number, b: number): void {
    const left = this.find(a);
    const right = this.find(b);
    if (left !== right) this.parent[Math.max(left, right)] = Math.min(left, right);
  }
}

/** Joins in `sets` the indexes of all texts that are near duplicates of each other. */
export function joinNearDuplicates(texts: readonly string[], sets: UnionFind): void {
  const grams = texts.map(shingles);
  const buckets = new Map<string, number[]>();
  for (const [index, set] of grams.entries()) {
    const sign = signature(set);
    for (let band = 0; band < BANDS; band += 1) {
      const at = band * ROWS;
      const key = `${band}:${sign[at]}:${sign[at + 1]}:${sign[at + 2]}:${sign[at + 3]}`;
      const bucket = buckets.get(key);
      if (!bucket) {
        buckets.set(key, [index]);
        continue;
      }
      joinWithBucket(index, bucket, grams, sets);
      if (bucket.length < MAX_COMPARED) bucket.push(index);
    }
  }
}

function joinWithBucket(
  index: number,
  bucket: number[],
  grams: Uint32Array[],
  sets: UnionFind,
): void {
  for (const other of bucket) {
    if (sets.find(other) === sets.find(index)) continue;
    if (jaccard(grams[other] as Uint32Array, grams[index] as Uint32Array) >= THRESHOLD)
      sets.union(other, index);
  }
}
