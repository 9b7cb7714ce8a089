import { exactMcNemar, studentPValue, studentQuantile } from '@/lib/proofs/statistics/exact';

/** Fewer groups than this give no verdict. */
export const FEWEST_GROUPS = 10;

export type ClusteredDifference = {
  /** Mean of the differences, in the unit of the measure. */
  difference: number;
  /** In the same unit; infinite with fewer than two clusters, and so are the bounds. */
  standardError: number;
  clusters: number;
  lower: number;
  upper: number;
  /** Too few clusters for the interval to be shown as a finding. */
  tooFew: boolean;
};

/**
 * Mean of paired differences (tuned minus base, example by example) with a standard error that
 * allows for examples of one group being alike: Miller, "Adding error bars to evals"
 * (arXiv 2411.00640), paired and clustered. Σ over clusters of (Σ of deviations)², over n², times
 * C/(C − 1) for few clusters; with clusters of one this is the paper's ordinary standard error.
 * Bounds by Student's t with C − 1 degrees of freedom.
 */
export function clusteredDifference(
  pairs: readonly { cluster: string; difference: number }[],
  alpha = 0.05,
): ClusteredDifference {
  if (!pairs.every((pair) => Number.isFinite(pair.difference)))
    throw new RangeError('differences are finite numbers');
  const count = pairs.length;
  const mean = count === 0 ? 0 : pairs.reduce((sum, pair) => sum + pair.difference, 0) / count;

  const deviations = new Map<string, number>();
  for (const { cluster, difference } of pairs)
    deviations.set(cluster, (deviations.get(cluster) ?? 0) + difference - mean);
  const clusters = deviations.size;
  const tooFew = clusters < FEWEST_GROUPS;
  if (clusters < 2) {
    const unknown = Number.POSITIVE_INFINITY;
    return {
      difference: mean,
      standardError: unknown,
      clusters,
      lower: -unknown,
      upper: unknown,
      tooFew,
    };
  }

  const squares = [...deviations.values()].reduce((sum, deviation) => sum + deviation ** 2, 0);
  const standardError = Math.sqrt((squares * clusters) / (clusters - 1)) / count;
  const reach = studentQuantile(1 - alpha / 2, clusters - 1) * standardError;
  return {
    difference: mean,
    standardError,
    clusters,
    lower: mean - reach,
    upper: mean + reach,
    tooFew,
  };
}

/** What adding shares in floating point leaves of a spread that is none. */
const ALIKE = 1e-9;

/**
 * Two-sided p-value for no difference, by Student's t with C − 1 degrees of freedom; 1 where nothing
 * differs, or where too few clusters say how much chance there is. Where all clusters differ alike
 * there is no spread to tell chance by: then it is the exact one of so many heads in a row.
 */
export function studentTest({ difference, standardError, clusters }: ClusteredDifference): number {
  if (difference === 0 || clusters < 2) return 1;
  if (standardError <= ALIKE * Math.abs(difference)) return exactMcNemar(clusters, 0);
  return studentPValue(difference / standardError, clusters - 1);
}
