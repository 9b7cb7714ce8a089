import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jaccard, joinNearDuplicates, shingles, UnionFind } from '@/lib/releases/near-duplicates';

const join = (texts: string[]) => {
  const sets = new UnionFind(texts.length);
  joinNearDuplicates(texts, sets);
  return texts.map((_, index) => sets.find(index));
};

describe('near duplicates', () => {
  test.each([
    ['the same text', 'I want to cancel my order', 'I want to cancel my order', true],
    ['case and white space', 'I want to  cancel my order', 'i WANT to cancel my order', true],
    [
      'one typing error in a long text',
      'Please tell me how I can cancel the order that I placed yesterday',
      'Please tell me how I can cancel the order that I placed yesterdy',
      true,
    ],
    ['another question', 'I want to cancel my order', 'Where is my parcel right now', false],
    [
      'same words, much more text',
      'cancel order',
      'Hello, my name is Kim and I would like to cancel order number 12 because it is late',
      false,
    ],
  ])('%s', (_name, a, b, together) => {
    const [left, right] = join([a, b]);
    expect(left === right).toBe(together);
  });

  test('similarity is that of the sets', () => {
    expect(jaccard(Uint32Array.of(1, 2, 3, 4), Uint32Array.of(3, 4, 5, 6))).toBeCloseTo(2 / 6);
    expect(jaccard(shingles('abcde'), shingles('abcde'))).toBe(1);
  });

  test('every pair at 0.7 or more ends up together', () => {
    const word = fc.constantFrom(
      'order',
      'cancel',
      'refund',
      'please',
      'my',
      'the',
      'invoice',
      'late',
      'parcel',
      'want',
      'to',
    );
    const text = fc.array(word, { minLength: 3, maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 25 }), (texts) => {
        const roots = join(texts);
        const grams = texts.map(shingles);
        for (const [i, a] of grams.entries()) {
          for (const [j, b] of grams.entries()) {
            if (i < j && jaccard(a, b) >= 0.7) expect(roots[i]).toBe(roots[j]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
