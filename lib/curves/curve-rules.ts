import { createHash } from 'node:crypto';
import { type CurveShare, curveSeeds, curveShares } from '@/lib/curves/curve-schema';
import { learningCurve } from '@/lib/proofs/statistics/learning-curve';
import { expectedSeconds } from '@/lib/training/expected-time';
import type { RunSettings } from '@/lib/training/run-schema';

/**
 * Gain from twice the examples that is worth writing them, in nats per token of people's held-out
 * replies: 0.02 makes each token two in a hundred more likely (e^0.02). A training on a small
 * release gains tenths to one; what is below two hundredths no reader of the answers would notice.
 */
export const WORTHWHILE_SCORE = 0.02;

export type Grouped = { id: string; group: string };

/**
 * Parts of a release, each inside the next. Whole groups in one order, drawn from the release's id;
 * a part ends at the border between groups that is nearest to its share (the later of two), after one
 * group at least.
 * Pure: same rows, same parts, in any order.
 */
export function nestedParts(rows: readonly Grouped[], seed: string): Map<CurveShare, string[]> {
  const groups = [...Map.groupBy(rows, (row) => row.group)]
    .map(([group, members]) => ({ rank: rankOf(seed, group), ids: members.map(({ id }) => id) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1));
  const ends: number[] = [];
  for (const { ids } of groups) ends.push((ends.at(-1) ?? 0) + ids.length);
  const ordered = groups.flatMap(({ ids }) => ids.toSorted());
  return new Map(
    curveShares.map((share) => {
      const wanted = (rows.length * share) / 100;
      const end = ends.reduce(
        (best, next) => (Math.abs(next - wanted) <= Math.abs(best - wanted) ? next : best),
        ends[0] ?? 0,
      );
      return [share, ordered.slice(0, end)];
    }),
  );
}

const rankOf = (seed: string, group: string) =>
  createHash('sha256').update(`${seed}\n${group}`).digest('hex');

/** Whether each part has more than the one before: with few large groups it may not. */
export function partsDiffer(parts: ReadonlyMap<CurveShare, readonly string[]>): boolean {
  const sizes = curveShares.map((share) => parts.get(share)?.length ?? 0);
  return sizes.every((size, at) => size > (sizes[at - 1] ?? 0));
}

/** What decides what is learned, as one text: curves with the same are the same curve. */
export const settingsKey = (baseModel: string, settings: RunSettings): string =>
  JSON.stringify([
    baseModel,
    settings.epochs,
    settings.learningRate,
    settings.loraRank,
    settings.batchSize,
  ]);

/** Every training of a curve, the small ones first: what goes wrong shows early. */
export const curveTrainings = curveShares.flatMap((share) =>
  curveSeeds.map((seed) => ({ share, seed })),
);

/** Trainings that are left of a curve. */
export const trainingsLeft = (done: readonly { share: number; seed: number }[]) =>
  curveTrainings.filter(
    ({ share, seed }) => !done.some((point) => point.share === share && point.seed === seed),
  );

/** Looks at the held-out examples: before the first step and after the last. */
const LOOKS = 2;

/** Expected length of trainings, by the estimate of the quote: no answers are written here. */
export function curveSeconds(
  trainings: readonly { share: number }[],
  release: {
    trainingExamples: number;
    trainingTokens: number;
    heldOutRows: number;
    epochs: number;
    tokensPerSecond: number | null;
  },
): number {
  const perExample = release.trainingTokens / Math.max(1, release.trainingExamples);
  return trainings.reduce(
    (sum, { share }) =>
      sum +
      expectedSeconds({
        trainingTokens: (release.trainingTokens * share) / 100,
        validationTokens: release.heldOutRows * perExample,
        epochs: release.epochs,
        validationPasses: LOOKS,
        heldOutRows: 0,
        maxNewTokens: 0,
        tokensPerSecond: release.tokensPerSecond,
      }),
    0,
  );
}

/** What a whole curve says; null until all trainings ended. */
export function answerOf(points: readonly { share: number; seed: number; score: number }[]) {
  if (trainingsLeft(points).length > 0) return null;
  return learningCurve(
    points.map(({ share, seed, score }) => ({ share: share / 100, seed, score })),
    { worthwhile: WORTHWHILE_SCORE },
  );
}
export type CurveAnswer = NonNullable<ReturnType<typeof answerOf>>;
