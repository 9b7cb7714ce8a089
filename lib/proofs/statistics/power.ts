import {
  assertAlpha,
  assertScores,
  type BetState,
  capitalNeeded,
  growthAbove,
  noObservations,
  observe,
  plannedBet,
} from '@/lib/proofs/statistics/bets';
import { randomOrder, seededRandom } from '@/lib/proofs/statistics/seeded-random';

/** No difference: the mean score when wins and losses balance. */
export const CHANCE = 0.5;

const SEED = 20_100_968;
/** Random orders that are tried: as many as this many steps allow, between the two bounds. */
const STEPS = 200_000;
const FEWEST_ORDERS = 200;
const MOST_ORDERS = 1_000;
/** Share of the orders that must prove it. */
const USUALLY = 0.6;
/** Possible futures over which the median is taken. */
const FUTURES = 200;

/** Two opposite bets that go on score by score: that the mean is above `low`, and below `high`. */
type Race = { state: BetState; above: number; below: number; decided: boolean };
const start: Race = { state: noObservations, above: 1, below: 1, decided: false };

type Goal = { alpha: number; low: number; high: number };

function advance(race: Race, score: number, { alpha, low, high }: Goal): Race {
  const bet = plannedBet(race.state, alpha);
  const above = race.above * growthAbove(bet, low, score);
  const below = race.below * growthAbove(bet, 1 - high, 1 - score);
  const decided = race.decided || Math.max(above, below) >= capitalNeeded(alpha);
  return { state: observe(race.state, score), above, below, decided };
}

/**
 * Fewest wins (the other groups being losses) with which the betting sequence usually proves
 * "better than chance" at error rate `alpha`: in at least 60 % of random orders, drawn with a fixed
 * seed, looked at after every group. Null where not even all groups won would. At the level of a
 * first run (2.5 %): 14 of 15, 24 of 30, 36 of 50, 67 of 100, which is also what wins and losses
 * evenly mixed need. One win fewer proves it in 16, 53, 34 and 49 % of orders.
 */
export function winsNeeded(groups: number, alpha: number): number | null {
  assertAlpha(alpha);
  if (!Number.isInteger(groups) || groups < 0) throw new RangeError('groups are counted');
  const random = seededRandom(SEED);
  const tried = Math.min(MOST_ORDERS, Math.max(FEWEST_ORDERS, Math.ceil(STEPS / (groups + 1))));
  const orders = Array.from({ length: tried }, () => randomOrder(groups, random));
  const isEnough = (wins: number) =>
    orders.filter((order) => provesBetter(order, wins, alpha)).length >= USUALLY * tried;

  if (!isEnough(groups)) return null;
  let tooFew = Math.floor(groups / 2);
  let enough = groups;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** Whether so many groups would prove it if all were won: the least that must be possible. */
export function canProve(groups: number, alpha: number): boolean {
  assertAlpha(alpha);
  return provesBetter(
    Array.from({ length: groups }, (_, at) => at),
    groups,
    alpha,
  );
}

/** Places in `order` below `wins` are won; looked at after every one. */
function provesBetter(order: readonly number[], wins: number, alpha: number): boolean {
  const needed = capitalNeeded(alpha);
  let state = noObservations;
  let capital = 1;
  for (const place of order) {
    const score = place < wins ? 1 : 0;
    capital *= growthAbove(plannedBet(state, alpha), CHANCE, score);
    if (capital >= needed) return true;
    state = observe(state, score);
  }
  return false;
}

export type VotesQuestion = {
  /** Scores of the groups decided so far, in the order in which they were counted. */
  scores: readonly number[];
  alpha: number;
  /** "No better" is proven by a mean below ½ + margin. */
  margin?: number;
  /** Votes that a group takes: its prompts × their planned voters. */
  votesPerGroup?: number;
  /** More groups than this are no plan. */
  mostGroups?: number;
};

/**
 * About how many more groups, and votes, would decide if things go on as they went: the median
 * over 200 futures in which each further score is one of those seen, drawn with a fixed seed.
 * Deciding is proving better than chance, or no better by the margin. 0 where it is decided
 * already; null where nothing is seen yet or the median is beyond `mostGroups`.
 */
export function votesStillNeeded(
  question: VotesQuestion,
): { groups: number; votes: number } | null {
  const { scores, alpha, margin = 0, votesPerGroup = 1, mostGroups = 1_000 } = question;
  assertAlpha(alpha);
  assertScores(scores);
  if (scores.length === 0) return null;
  const goal = { alpha, low: CHANCE, high: Math.min(1, CHANCE + margin) };
  const now = scores.reduce((race, score) => advance(race, score, goal), start);
  if (now.decided) return { groups: 0, votes: 0 };

  const random = seededRandom(SEED);
  const waits = Array.from({ length: FUTURES }, () => {
    let race = now;
    let groups = 0;
    while (!race.decided && groups <= mostGroups) {
      race = advance(race, scores[Math.floor(random() * scores.length)] as number, goal);
      groups += 1;
    }
    return groups;
  }).sort((a, b) => a - b);
  const median = waits[FUTURES / 2] as number;
  return median > mostGroups ? null : { groups: median, votes: Math.ceil(median * votesPerGroup) };
}

/**
 * Whether the groups that are still open could decide at all: if all of them were won it would be
 * better, or if all were lost it would be no better by the margin.
 */
export function canStillDecide(
  scores: readonly number[],
  openGroups: number,
  { alpha, margin }: { alpha: number; margin: number },
): boolean {
  assertAlpha(alpha);
  assertScores(scores);
  const goal = { alpha, low: CHANCE, high: Math.min(1, CHANCE + margin) };
  return [0, 1].some((ending) => {
    const all = [...scores, ...Array<number>(openGroups).fill(ending)];
    return all.reduce((race, score) => advance(race, score, goal), start).decided;
  });
}
