import { createElement } from 'react';
import { expect, test } from 'vitest';
import { VerdictPart } from '@/components/proofs/verdict-part';
import { judgeProof } from '@/lib/proofs/judge';
import type { PlanView } from '@/lib/proofs/proof-queries';
import type { PlanInput, ProofMeasure } from '@/lib/proofs/proof-schema';
import type { ResultPart } from '@/lib/proofs/result-queries';
import { markupOf, wordsOf } from '@/tests/rendered';

const nobody = { base: null, base_examples: null, tuned: null, nearest: null };

/** What a part says of 24 rows, `size` to a group, of which the tuned model does the first `good` well. */
function said(
  measure: ProofMeasure,
  size: number,
  good: number,
  rows = 24,
  pair: Pick<PlanInput, 'candidate' | 'opponent'> = { candidate: 'tuned', opponent: null },
): string {
  const plan = {
    releaseId: '',
    measure,
    barOf100: 90,
    marginOf100: 5,
    votesPerPrompt: 1,
    ...pair,
  };
  const items = Array.from({ length: rows }, (_, n) => {
    const held = { ...nobody, base: false, base_examples: false, tuned: n < good };
    return {
      exampleId: String(n),
      position: n,
      groupNumber: Math.floor(n / size),
      replyKnown: false,
      contentHash: '',
      // The same answers are equal without a vote.
      answers: { ...nobody, base: 'a', base_examples: 'a', tuned: 'a' },
      passes: held,
      wholes: held,
    };
  });
  const [part] = judgeProof({
    plan,
    alpha: 0.025,
    opponent: 'base',
    items,
    votes: [],
    isClosed: true,
  });
  return wordsOf(
    markupOf(
      createElement(VerdictPart, {
        base: '/w/shop/proofs/1',
        part: { ...part, squares: [], measures: [], tests: [] } as unknown as ResultPart,
        plan: plan as unknown as PlanView,
        opponent: 'base',
      }),
    ),
  );
}

test('two others are called by their names, and the tuned model is said to be missing', () => {
  const pair = { candidate: 'base_examples', opponent: 'base' } as const;
  const text = said('blind_votes', 1, 0, 24, pair);
  expect(text).toContain('the tuned model is not in it');
  expect(text).toContain('These examples cannot tell the two apart');
  expect(text).toMatch(
    /Against “Base model” “Base with brief and examples” won 12 of 24 comparisons/,
  );
});

test('single rows are called what they are', () => {
  expect(said('rule_pass_rate', 1, 20)).toMatch(
    /20 of 24 answers of the tuned model keep every house rule\. Elsewhere expect at least \d+ of 24\./,
  );
  expect(said('whole_document', 1, 1)).toContain(
    '1 of 24 documents of the tuned model is wholly right.',
  );
  expect(said('rule_pass_rate', 1, 1, 1)).toContain('1 of 1 answer of the tuned model keeps every');
  expect(said('blind_votes', 1, 0)).toContain(
    'won 12 of 24 comparisons; an equal one counts half.',
  );
});

test('where groups have several rows the sentence counts groups, and says how many rows they are', () => {
  expect(said('rule_pass_rate', 3, 20)).toMatch(
    /In 6\.7 of 8 groups \(24 answers\) the tuned model keeps every house rule\. A group counts once, with the share of its answers that do\. Elsewhere expect at least \d of 8 groups\./,
  );
  expect(said('whole_document', 24, 12)).toMatch(
    /In 0\.5 of 1 group \(24 documents\) .* Elsewhere expect at least 0 of 1 group\./,
  );
  expect(said('blind_votes', 2, 0)).toContain('won 6 of 12 groups (24 prompts).');
});
