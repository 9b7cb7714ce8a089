import type { OpponentArm, ProofValidation, ValidationArm } from '@/lib/proofs/proof-schema';

/** Share of validation answers that keep every rule; the failed ones keep none. */
const share = (arm: ValidationArm) => (arm.total === 0 ? 0 : arm.passed / arm.total);

/**
 * The base arm that the tuned model is voted against: the one whose validation answers keep the
 * rules more often; where that says nothing, the one that expected the human replies more (lower
 * loss per token), and with examples where even that is equal. The held-out rows have no say.
 */
export function chooseOpponent(
  arms: Pick<ProofValidation, 'base' | 'base_examples'>,
  planned: OpponentArm | null,
  hasRules: boolean,
): { opponent: OpponentArm; chosenBy: ProofValidation['chosenBy'] } {
  if (planned) return { opponent: planned, chosenBy: 'plan' };
  const { base, base_examples: withExamples } = arms;
  if (hasRules && share(base) !== share(withExamples))
    return {
      opponent: share(base) > share(withExamples) ? 'base' : 'base_examples',
      chosenBy: 'rules',
    };
  const isBaseBetter =
    base.loss !== null && (withExamples.loss === null || base.loss < withExamples.loss);
  return { opponent: isBaseBetter ? 'base' : 'base_examples', chosenBy: 'loss' };
}
