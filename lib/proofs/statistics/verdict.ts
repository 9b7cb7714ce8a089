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

/** Why nothing can be proven; `without_tuned`: the plan compares two others. */
export const cannotReasons = [
  'too_few_groups',
  'groups_used_up',
  'one_opponent',
  'without_tuned',
] as const;
type CannotReason = (typeof cannotReasons)[number];

/** How two others than the tuned model do. */
export const pairStands = ['better', 'no_better', 'open', 'closed', 'used_up', 'too_few'] as const;
export type PairStand = (typeof pairStands)[number];

export type VerdictInput = {
  /**
   * Mean score of the tuned model against the plain base model, with the bounds of its betting
   * sequence at `level`: win 1, tie ½, loss 0. Null where the two were not compared.
   */
  versusBase: Interval | null;
  /** The same against the base model with brief and nearest training examples in its prompt. */
  versusInstructed: Interval | null;
  /**
   * The same against the one opponent that a plan names in place of both, where it names one.
   * `isBase`: a base arm, so that "no better" can be said of it.
   */
  versusNamed?: { interval: Interval | null; isBase: boolean } | null;
  /** Error rate of this run on this held-out set (`levelOfRun`). */
  level: number;
  /** Groups whose planned votes or answers are complete. */
  groupsDecided: number;
  /** Groups of the held-out set that this proof uses. */
  groupsPlanned: number;
  /** Smallest difference that matters, on the scale of the bar; set before the run. */
  margin: number;
  /**
   * The same on the scale of scores: of votes the margin itself; of shares half of it, because a
   * difference d of two shares is a mean score of ½ + d/2.
   */
  scoreMargin: number;
  /** The tuned model's own share on the primary measure, its lower bound, and the bar set before. */
  goodEnough: { share: number; lower: number; bar: number };
  /** From `votesStillNeeded`; null where no number is in reach. */
  aboutMoreVotes: number | null;
  /** From `canStillDecide`. Left out: as long as planned groups are open. */
  canStillDecide?: boolean;
  /** The vote is over: groups that are open stay so. */
  isClosed?: boolean;
};

export type Verdict =
  | { verdict: 'better_and_good_enough' }
  | { verdict: 'better_not_good_enough' }
  /** `than`: the cheaper ways that it does not beat by the margin. */
  | { verdict: 'no_better_than_instructions'; than: ('base' | 'instructed')[] }
  /** `closedWith`: groups that were open when the vote was closed; null while it goes on. */
  | { verdict: 'not_proven'; aboutMoreVotes: number | null; closedWith: number | null }
  | {
      verdict: 'cannot_be_proven';
      reason: Exclude<CannotReason, 'without_tuned'>;
    }
  /** Two others were compared; `stand` is how they do, and says nothing of the tuned model. */
  | {
      verdict: 'cannot_be_proven';
      reason: 'without_tuned';
      stand: PairStand;
      aboutMoreVotes: number | null;
    };

/** What a comparison stands on, whoever is compared. */
type Progress = Pick<
  VerdictInput,
  | 'level'
  | 'groupsDecided'
  | 'groupsPlanned'
  | 'scoreMargin'
  | 'aboutMoreVotes'
  | 'canStillDecide'
  | 'isClosed'
>;

/**
 * The verdict of a proof, by rules that are fixed before the run:
 *
 * 1. Fewer than 10 groups, or so few that winning all of them would prove nothing: cannot be
 *    proven.
 * 2. "Better" needs the whole interval above ½ against *both* ways of using the base model.
 * 3. "Good enough" needs the observed share at or above the bar *and* its lower bound above the bar
 *    less the margin: reaching the bar by luck is not enough, and the bound alone would demand far
 *    more than the bar says.
 * 4. "No better" is a finding and needs evidence: an upper bound of at most ½ + `scoreMargin`
 *    against one of the two. Proven better, however little, is never called no better.
 * 5. A plan that names one opponent cannot show rule 2: what it can show, it has shown once the
 *    tuned model is better than that one, or no better than a reply that is no base model's.
 * 6. Else it is not proven; and once no group is open that could change it, it cannot be proven
 *    with these examples. A vote that was closed before is not proven, and stays so.
 *
 * Rules 2 and 4 both look at intervals at `level`. "Better" asks for two things at once, so that
 * needs no correction for looking twice.
 */
export function decideVerdict(input: VerdictInput): Verdict {
  assertInput(input);
  const { versusBase, versusInstructed, groupsDecided, groupsPlanned } = input;
  if (isTooFew(input)) return { verdict: 'cannot_be_proven', reason: 'too_few_groups' };

  if (groupsDecided >= FEWEST_GROUPS) {
    if (isBetter(versusBase) && isBetter(versusInstructed))
      return {
        verdict: isGoodEnough(input) ? 'better_and_good_enough' : 'better_not_good_enough',
      };
    const than = [
      ...(isNoBetter(versusBase, input.scoreMargin) ? (['base'] as const) : []),
      ...(isNoBetter(versusInstructed, input.scoreMargin) ? (['instructed'] as const) : []),
    ];
    if (than.length > 0) return { verdict: 'no_better_than_instructions', than };
    if (hasShownAll(input)) return { verdict: 'cannot_be_proven', reason: 'one_opponent' };
  }

  if (isUsedUp(input)) return { verdict: 'cannot_be_proven', reason: 'groups_used_up' };
  return input.isClosed
    ? { verdict: 'not_proven', aboutMoreVotes: null, closedWith: groupsPlanned - groupsDecided }
    : { verdict: 'not_proven', aboutMoreVotes: input.aboutMoreVotes, closedWith: null };
}

/**
 * The verdict of a plan that compares two others: nothing can be proven of the tuned model by it,
 * at no moment. How the two do, by the rules 1, 2, 4 and 6, is told beside it.
 */
export function decidePair(interval: Interval | null, progress: Progress): Verdict {
  const { aboutMoreVotes } = progress;
  const stand = standOf(interval, progress);
  return { verdict: 'cannot_be_proven', reason: 'without_tuned', stand, aboutMoreVotes };
}

function standOf(interval: Interval | null, progress: Progress): PairStand {
  if (isTooFew(progress)) return 'too_few';
  if (progress.groupsDecided >= FEWEST_GROUPS) {
    if (isBetter(interval)) return 'better';
    if (isNoBetter(interval, progress.scoreMargin)) return 'no_better';
  }
  if (isUsedUp(progress)) return 'used_up';
  return progress.isClosed ? 'closed' : 'open';
}

/** Rule 1. */
const isTooFew = ({ groupsPlanned, level }: Progress): boolean =>
  groupsPlanned < FEWEST_GROUPS || !canProve(groupsPlanned, level);

/** No group is open that could change anything. */
const isUsedUp = ({ canStillDecide, groupsPlanned, groupsDecided }: Progress): boolean =>
  !(canStillDecide ?? groupsPlanned > groupsDecided);

/** Rule 5. */
function hasShownAll({ versusNamed, scoreMargin }: VerdictInput): boolean {
  if (!versusNamed) return false;
  const { interval, isBase } = versusNamed;
  return isBetter(interval) || (!isBase && isNoBetter(interval, scoreMargin));
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
  const numbers = [
    ...bounds,
    margin,
    rest.scoreMargin,
    goodEnough.share,
    goodEnough.lower,
    goodEnough.bar,
  ];
  if (!numbers.every((value) => value >= 0 && value <= 1))
    throw new RangeError('bounds, margin, shares and bar are from 0 to 1');
  if ([versusBase, versusInstructed].some((one) => one !== null && one.lower > one.upper))
    throw new RangeError('a lower bound is not above its upper bound');
  if (!(rest.groupsDecided >= 0 && rest.groupsDecided <= rest.groupsPlanned))
    throw new RangeError('no more groups are decided than planned');
}
