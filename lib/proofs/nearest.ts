import { jaccard, shingles } from '@/lib/releases/near-duplicates';

/**
 * Finds the texts that are most like another, by the Jaccard similarity of their 5-character
 * shingles (the measure that also places examples). An index from shingle to texts keeps a
 * search proportional to what is shared, not to the number of texts.
 */
export class NearestTexts {
  private readonly sizes: number[];
  private readonly postings = new Map<number, number[]>();

  constructor(texts: readonly string[]) {
    this.sizes = texts.map((text, index) => {
      const grams = shingles(text);
      for (const gram of grams) {
        const list = this.postings.get(gram);
        if (list) list.push(index);
        else this.postings.set(gram, [index]);
      }
      return grams.length;
    });
  }

  /** Indexes of the `count` nearest texts, the nearest first; the earlier one where two are equal. */
  find(text: string, count: number): number[] {
    const grams = shingles(text);
    const shared = new Uint32Array(this.sizes.length);
    for (const gram of grams)
      for (const index of this.postings.get(gram) ?? [])
        shared[index] = (shared[index] as number) + 1;
    const similarity = (index: number) => {
      const both = shared[index] as number;
      return both / ((this.sizes[index] as number) + grams.length - both);
    };
    return this.sizes
      .map((_, index) => ({ index, value: similarity(index) }))
      .sort((a, b) => b.value - a.value || a.index - b.index)
      .slice(0, count)
      .map(({ index }) => index);
  }
}

/**
 * Keeps those of many texts that are most like one, by the same measure, while they are handed in
 * one by one: for a single question over texts that need not all be in memory.
 */
export class NearestKeeper<T> {
  private readonly grams: Uint32Array;
  private kept: { item: T; similarity: number }[] = [];

  constructor(
    text: string,
    private readonly count: number,
  ) {
    this.grams = shingles(text);
  }

  offer(text: string, item: T): void {
    const similarity = jaccard(this.grams, shingles(text));
    const last = this.kept[this.count - 1];
    if (similarity === 0 || (last && similarity <= last.similarity)) return;
    // The earlier one stays before an equal one: the sort is stable.
    this.kept = [...this.kept, { item, similarity }]
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, this.count);
  }

  /** The nearest first; texts that share nothing are none. */
  best(): readonly { item: T; similarity: number }[] {
    return this.kept;
  }
}
