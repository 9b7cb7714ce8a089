import type { FactItem, ProofFacts } from '@/lib/proofs/proof-facts';
import {
  isVoted,
  type OpponentArm,
  type ProofArm,
  type VotedPair,
} from '@/lib/proofs/proof-schema';
import { bettingInterval, type Interval } from '@/lib/proofs/statistics/betting-sequence';
import { canStillDecide, votesStillNeeded } from '@/lib/proofs/statistics/power';
import { decidePair, decideVerdict, type Verdict } from '@/lib/proofs/statistics/verdict';
import {
  type GroupScore,
  type ItemScore,
  scoreGroups,
  scoreItems,
  type VotedItem,
} from '@/lib/proofs/vote-rules';

/** Bounds are rounded outwards to a millionth, so that every machine gives the same ones. */
const GRID = 1_000_000;

export type ProofPart = {
  part: 'fresh' | 'known';
  verdict: Verdict;
  /** Held-out rows and groups of this kind. */
  rows: number;
  groups: number;
  /** Groups with a score: the unit of everything below. */
  scores: GroupScore[];
  /** The candidate against whom, from 0 (always worse) to 1 (always better), ½ where they are equal. */
  comparisons: {
    against: OpponentArm;
    interval: Interval;
    mean: number | null;
    counted: number;
  }[];
  /** What the bar is held against, from 0 to 1: mean over `counted` groups, which have `rows` rows. */
  quality: Interval & { mean: number | null; counted: number; rows: number };
  /** Rows without both answers: not counted. */
  failed: number;
};

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/** What an arm did on a row by the measure of the plan; null where it has no answer. */
const hit = (facts: ProofFacts, item: FactItem, arm: ProofArm): boolean | null =>
  (facts.plan.measure === 'whole_document' ? item.wholes : item.passes)[arm];

/** A row as the vote sees it. */
export function votedItem(item: FactItem, { candidate, opponent }: VotedPair): VotedItem {
  const [own, other] = [item.answers[candidate], item.answers[opponent]];
  const isAnswered = own !== null && other !== null;
  return { ...item, isAnswered, isVotable: isAnswered && own !== other };
}

/** The two of a proof whose answers people see. */
export const votedPairOf = ({
  plan,
  opponent,
}: Pick<ProofFacts, 'plan' | 'opponent'>): VotedPair => ({
  candidate: plan.candidate,
  opponent,
});

type ErasableItem = FactItem & { erasedInVote: readonly ProofArm[] };

/**
 * Leaves out of the vote every group that was not decided when one of its answers was erased:
 * nobody can be shown them any more. Decided groups keep their scores, so that the sequence of
 * scores still grows only at its end.
 */
export function withoutUndecidable<T extends ErasableItem>(
  rows: readonly T[],
  votes: ProofFacts['votes'],
  vote: VotedPair & { votesPerPrompt: number },
): T[] {
  const isGone = (row: T) =>
    row.erasedInVote.some((arm) => arm === vote.candidate || arm === vote.opponent);
  const touched = new Set(rows.filter(isGone).map((row) => row.groupNumber));
  if (touched.size === 0) return [...rows];
  const items = rows.map((row) => votedItem(row, vote));
  const decided = new Set(
    scoreGroups(items, scoreItems(items, votes, vote.votesPerPrompt)).map(
      (score) => score.groupNumber,
    ),
  );
  const nothing = { base: null, base_examples: null, tuned: null, nearest: null };
  return rows.map((row) =>
    touched.has(row.groupNumber) && !decided.has(row.groupNumber)
      ? { ...row, answers: nothing }
      : row,
  );
}

type Scored = { items: VotedItem[]; scores: ItemScore[] };

/** Tuned against another arm, counted: 1 where only tuned holds, 0 where only the other does, else ½. */
function compareCounted(facts: ProofFacts, items: readonly FactItem[], arm: ProofArm): Scored {
  const voted = items.map((item) => ({
    ...item,
    isVotable: false,
    isAnswered: hit(facts, item, 'tuned') !== null && hit(facts, item, arm) !== null,
  }));
  const scores = items.flatMap((item) => {
    const [tuned, other] = [hit(facts, item, 'tuned'), hit(facts, item, arm)];
    if (tuned === null || other === null) return [];
    const score = (1 + Number(tuned) - Number(other)) / 2;
    return [{ ...item, outcomes: [], score, completedBy: 0 }];
  });
  return { items: voted, scores };
}

/** How often the tuned answer holds by itself, per group. */
function countTuned(facts: ProofFacts, items: readonly FactItem[]): Scored {
  const voted = items.map((item) => ({
    ...item,
    isVotable: false,
    isAnswered: hit(facts, item, 'tuned') !== null,
  }));
  const scores = items.flatMap((item) => {
    const tuned = hit(facts, item, 'tuned');
    return tuned === null ? [] : [{ ...item, outcomes: [], score: Number(tuned), completedBy: 0 }];
  });
  return { items: voted, scores };
}

function interval(scores: readonly GroupScore[], alpha: number): Interval {
  return bettingInterval(
    scores.map((one) => one.score),
    { alpha, grid: GRID },
  );
}

type Grouped = { arm: OpponentArm; answered: VotedItem[]; groups: GroupScore[] };

/** The candidate against each arm that it is compared with by the plan's measure; counted is the tuned model. */
function compare(facts: ProofFacts, items: readonly FactItem[]): Grouped[] {
  const { plan, opponent } = facts;
  const isVote = isVoted(plan.measure);
  const against: OpponentArm[] = isVote ? [opponent] : ['base', 'base_examples'];
  return against.map((arm) => {
    const voted = items.map((item) =>
      votedItem(item, { candidate: plan.candidate, opponent: arm }),
    );
    const own = isVote
      ? { items: voted, scores: scoreItems(voted, facts.votes, plan.votesPerPrompt) }
      : compareCounted(facts, items, arm);
    return {
      arm,
      answered: own.items.filter((item) => item.isAnswered),
      groups: scoreGroups(own.items, own.scores),
    };
  });
}

/**
 * The comparisons that "better" needs: against the plain base model and against the one with
 * brief and examples. In a vote the one that validation found stronger stands for both; an
 * opponent that the plan names stands for itself alone.
 */
function versus(facts: ProofFacts, comparisons: ProofPart['comparisons']) {
  const { plan } = facts;
  const find = (arm: OpponentArm) => {
    const isForBoth = isVoted(plan.measure) && plan.opponent === null;
    const found = isForBoth
      ? comparisons[0]
      : comparisons.find((comparison) => comparison.against === arm);
    return found && found.counted > 0 ? found.interval : null;
  };
  const named = isVoted(plan.measure) ? plan.opponent : null;
  return {
    versusBase: find('base'),
    versusInstructed: find('base_examples'),
    versusNamed: named && { interval: find(named), isBase: named !== 'nearest' },
  };
}

function judgePart(facts: ProofFacts, part: 'fresh' | 'known'): ProofPart | null {
  const { plan, alpha, opponent } = facts;
  const items = facts.items.filter((item) => item.replyKnown === (part === 'known'));
  if (items.length === 0) return null;
  const isVote = isVoted(plan.measure);
  const grouped = compare(facts, items);
  const first = grouped.find(({ arm }) => arm === opponent) ?? grouped[0];
  if (!first) return null;
  const comparisons = grouped.map(({ arm, groups }) => ({
    against: arm,
    interval: interval(groups, alpha),
    mean: mean(groups.map((one) => one.score)),
    counted: groups.length,
  }));
  const own = countTuned(facts, items);
  const qualityScores = isVote ? first.groups : scoreGroups(own.items, own.scores);
  const quality = {
    ...interval(qualityScores, alpha),
    mean: mean(qualityScores.map((one) => one.score)),
    counted: qualityScores.length,
    rows: qualityScores.reduce((sum, one) => sum + one.exampleIds.length, 0),
  };
  const groups = new Set(first.answered.map((item) => item.groupNumber)).size;
  const scores = first.groups.map((one) => one.score);
  const margin = plan.marginOf100 / 100;
  const open = groups - scores.length;
  const votesPerGroup = groups === 0 ? 0 : (first.answered.length / groups) * plan.votesPerPrompt;
  const scoreMargin = isVote ? margin : margin / 2;
  const needed = votesStillNeeded({ scores, alpha, margin: scoreMargin, votesPerGroup });
  const progress = {
    level: alpha,
    groupsDecided: scores.length,
    groupsPlanned: groups,
    scoreMargin,
    isClosed: facts.isClosed,
    aboutMoreVotes: needed?.votes ?? null,
    canStillDecide: open > 0 && canStillDecide(scores, open, { alpha, margin: scoreMargin }),
  };
  return {
    part,
    rows: items.length,
    groups,
    scores: first.groups,
    comparisons,
    quality,
    failed: items.length - first.answered.length,
    verdict:
      plan.candidate === 'tuned'
        ? decideVerdict({
            ...progress,
            ...versus(facts, comparisons),
            margin,
            goodEnough: {
              share: quality.mean ?? 0,
              lower: quality.lower,
              bar: plan.barOf100 / 100,
            },
          })
        : decidePair(scores.length > 0 ? interval(first.groups, alpha) : null, progress),
  };
}

/** The verdicts of a proof: one for new kinds of reply, one for replies known from training. */
export function judgeProof(facts: ProofFacts): ProofPart[] {
  return (['fresh', 'known'] as const).flatMap((part) => judgePart(facts, part) ?? []);
}

/** A verdict as the signed report tells it. */
export function toVerdictLines(parts: readonly ProofPart[]) {
  return parts.map(({ part, verdict, groups, scores, comparisons, quality }) => ({
    part,
    verdict: verdict.verdict,
    groups,
    counted: scores.length,
    lower: Math.min(...comparisons.map((one) => one.interval.lower)),
    upper: Math.min(...comparisons.map((one) => one.interval.upper)),
    qualityLower: quality.lower,
  }));
}
