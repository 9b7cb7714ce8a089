import { describe, expect, test } from 'vitest';
import { NearestKeeper, NearestTexts } from '@/lib/proofs/nearest';
import { seededRandom } from '@/lib/proofs/statistics/seeded-random';

const words = ['brakes', 'saddle', 'invoice', 'gears', 'parcel', 'helmet', 'refund', 'tyres'];

describe('the nearest of many texts, handed in one by one', () => {
  test('are those that the index finds, in its order, without the ones that share nothing', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const random = seededRandom(seed);
      const text = () =>
        Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
          random() < 0.1 ? '???' : words[Math.floor(random() * words.length)],
        ).join(' ');
      const texts = Array.from({ length: 30 }, text);
      const question = text();
      const keeper = new NearestKeeper<number>(question, 5);
      texts.forEach((one, index) => {
        keeper.offer(one, index);
      });
      const found = keeper.best().map(({ item }) => item);
      expect(found).toEqual(new NearestTexts(texts).find(question, 5).slice(0, found.length));
      for (const { similarity } of keeper.best()) {
        expect(similarity).toBeGreaterThan(0);
        expect(similarity).toBeLessThanOrEqual(1);
      }
    }
  });

  test.each([
    ['the same text', 'Where is my parcel?', 1],
    ['the same but for case and blanks', 'where  is my PARCEL?', 1],
  ])('%s shares everything', (_, other, similarity) => {
    const keeper = new NearestKeeper<string>('Where is my parcel?', 1);
    keeper.offer(other, 'it');
    expect(keeper.best()).toEqual([{ item: 'it', similarity }]);
  });

  test('nothing shared is nothing found', () => {
    const keeper = new NearestKeeper<string>('Where is my parcel?', 3);
    keeper.offer('0123456789', 'other');
    expect(keeper.best()).toEqual([]);
  });
});
