import type { Interval } from '@/lib/proofs/statistics/betting-sequence';
import { FEWEST_GROUPS } from '@/lib/proofs/statistics/clustered';
import { CHANCE, canProve } from '@/lib/proofs/statistics/power';

/** The five verdicts, and nothing else. */
export const verdicts = [
  'better_and_good_enough',
  'better_not_good_enough',
  'no_better_than_instructions',
  'not_proven',
  'cannot_be_proven',
] as const;
export type VerdictName = (typeof verdicts)[number];

export type VerdictInput = {
  /**
   * Mean score of the tuned model against the plain base model, with the bounds of its betting
   * sequence at `level`: win 1, tie ½, loss 0. Null where the two were not compared.
   */
  versusBase: Interval | null;
  /** The same against the base model with brief and nearest training examples in its prompt. */
  versusInstructed: Interval | null;
  /** Error rate of this run on this held-out set (`levelOfRun`). */
  level: number;
  /** Groups whose planned votes or answers are complete. */
  groupsDecided: number;
  /** Groups of the held-out set that this proof uses. */
  groupsPlanned: number;
  /** Smallest difference that matters, on the scale of scores and shares; set before the run. */
  margin: number;
  /** The tuned model's own share on the primary measure, its lower bound, and the bar set before. */
  goodEnough: { share: number; lower: number; bar: number };
  /** From `votesStillNeeded`; null where no number is in reach. */
  aboutMoreVotes: number | null;
  /** From `canStillDecide`. Left out: as long as planned groups are open. */
  canStillDecide?: boolean;
};

export type Verdict =
  | { verdict: 'better_and_good_enough' }
  | { verdict: 'better_not_good_enough' }
  /** `than`: the cheaper ways that it does not beat by the margin. */
  | { verdict: 'no_better_than_instructions'; than: ('base' | 'instructed')[] }
  | { verdict: 'not_proven'; aboutMoreVotes: number | null }
  | { verdict: 'cannot_be_proven'; reason: 'too_few_groups' | 'groups_used_up' };

/**
 * The verdict of a proof, by rules that are fixed before the run:
 *
 * 1. Fewer than 10 groups, or so few that winning all of them would prove nothing: cannot be
 *    proven.
 * 2. "Better" needs the whole interval above ½ against *both* ways of using the base model.
 * 3. "Good enough" needs the observed share at or above the bar *and* its lower bound above the bar
 *    less the margin: reaching the bar by luck is not enough, and the bound alone would demand far
 *    more than the bar says.
 * 4. "No better" is a finding and needs evidence: an upper bound of at most ½ + margin against one
 *    of the two. Proven better, however little, is never called no better.
 * 5. Else it is not proven; and once no group is open that could change it, it cannot be proven
 *    with these examples.
 *
 * Rules 2 and 4 both look at intervals at `level`. "Better" asks for two things at once, so that
 * needs no correction for looking twice.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  assertInput(input);
  const { versusBase, versusInstructed, groupsDecided, groupsPlanned, level } = input;
  if (groupsPlanned < FEWEST_GROUPS || !canProve(groupsPlanned, level))
    return { verdict: 'cannot_be_proven', reason: 'too_few_groups' };

  if (groupsDecided >= FEWEST_GROUPS) {
    if (isBetter(versusBase) && isBetter(versusInstructed))
      return {
        verdict: isGoodEnough(input) ? 'better_and_good_enough' : 'better_not_good_enough',
      };
    const than = [
      ...(isNoBetter(versusBase, input.margin) ? (['base'] as const) : []),
      ...(isNoBetter(versusInstructed, input.margin) ? (['instructed'] as const) : []),
    ];
    if (than.length > 0) return { verdict: 'no_better_than_instructions', than };
  }

  const canStillDecide = input.canStillDecide ?? groupsDecided < groupsPlanned;
  return canStillDecide
    ? { verdict: 'not_proven', aboutMoreVotes: input.aboutMoreVotes }
    : { verdict: 'cannot_be_proven', reason: 'groups_used_up' };
}

function isBetter(interval: Interval | null): boolean {
  return interval !== null && interval.lower > CHANCE;
}

function isNoBetter(interval: Interval | null, margin: number): boolean {
  return interval !== null && interval.lower <= CHANCE && interval.upper <= CHANCE + margin;
}

/** Far above the error of adding shares in floating point, far below anything that matters. */
const ROUNDING = 1e-12;

/** Rule 3; with a tolerance for rounding, so that 95 of 100 reach 0.95, and 0.8 is not above 0.85 − 0.05. */
export function isGoodEnough({ goodEnough, margin }: Pick<VerdictInput, 'goodEnough' | 'margin'>) {
  const { share, lower, bar } = goodEnough;
  return share >= bar - ROUNDING && lower > bar - margin + ROUNDING;
}

function assertInput({ versusBase, versusInstructed, margin, goodEnough, ...rest }: VerdictInput) {
  const bounds = [versusBase, versusInstructed].flatMap((one) =>
    one === null ? [] : [one.lower, one.upper],
  );
  const numbers = [...bounds, margin, goodEnough.share, goodEnough.lower, goodEnough.bar];
  if (!numbers.every((value) => value >= 0 && value <= 1))
    throw new RangeError('bounds, margin, shares and bar are from 0 to 1');
  if ([versusBase, versusInstructed].some((one) => one !== null && one.lower > one.upper))
    throw new RangeError('a lower bound is not above its upper bound');
  if (!(rest.groupsDecided >= 0 && rest.groupsDecided <= rest.groupsPlanned))
    throw new RangeError('no more groups are decided than planned');
}
