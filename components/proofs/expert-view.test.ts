import { createElement } from 'react';
import { expect, test } from 'vitest';
import { ExpertView } from '@/components/proofs/expert-view';
import type { ProofView } from '@/lib/proofs/proof-queries';
import type { ProofResult } from '@/lib/proofs/result-queries';
import { clusteredDifference } from '@/lib/proofs/statistics/clustered';
import { markupOf, wordsOf } from '@/tests/rendered';

/** What experts read about a measure that tuned does better in some of so many groups. */
function shown(groups: number): string {
  const pairs = Array.from({ length: groups }, (_, n) => ({
    cluster: String(n),
    difference: n % 2,
  }));
  const tests = [{ key: 'facts', difference: clusteredDifference(pairs), pValue: 0.0625 }];
  const proof = { alpha: 0.025, hasLooked: true, commitment: 'c', plan: { commitment: 'p' } };
  const result = {
    parts: [{ part: 'fresh', comparisons: [], tests }],
    rules: [],
    agreement: { alpha: null },
    guessing: { guesses: 0 },
    losses: { fresh: { tuned: 1.25 }, known: {} },
  };
  return wordsOf(
    markupOf(
      createElement(ExpertView, {
        proof: proof as unknown as ProofView,
        result: result as unknown as ProofResult,
      }),
    ),
  );
}

test('losses are told for each kind of reply', () => {
  expect(shown(12)).toContain('On new kinds of reply: held-out loss, Tuned model 1.250');
});

test('fewer than 10 groups have neither an interval nor a p-value', () => {
  const few = shown(9);
  expect(few).toContain('No number, date or link of its own too few groups');
  expect(few).not.toMatch(/difference|0\.063|p-value after/);
  expect(shown(10)).toMatch(/difference 0\.500 \[0\.123, 0\.877\], p-value after Holm 0\.06[23]/);
});
