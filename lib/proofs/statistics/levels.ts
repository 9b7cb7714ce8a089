/**
 * Error rate for the k-th run that is judged on the same held-out examples: α/(k(k + 1)). Over
 * any number of runs these add up to at most α, so that trying runs until one looks good does not
 * prove anything by chance. The first run is judged at α/2.
 */
export function levelOfRun(run: number, alpha = 0.05): number {
  if (!Number.isInteger(run) || run < 1) throw new RangeError('runs are counted from 1');
  return alpha / (run * (run + 1));
}
