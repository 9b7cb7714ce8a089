/**
 * p-values adjusted for looking at several at once (Holm, Scandinavian Journal of Statistics 6,
 * 1979), in the order given: comparing each with α keeps the chance of any false finding below α,
 * however the tests depend on each other.
 */
export function holmAdjust(pValues: readonly number[]): number[] {
  if (!pValues.every((p) => p >= 0 && p <= 1)) throw new RangeError('p-values are from 0 to 1');
  const order = pValues.map((_, index) => index);
  order.sort((a, b) => (pValues[a] as number) - (pValues[b] as number));

  const adjusted = Array<number>(pValues.length).fill(1);
  let largest = 0;
  for (const [rank, index] of order.entries()) {
    largest = Math.max(largest, (pValues.length - rank) * (pValues[index] as number));
    adjusted[index] = Math.min(1, largest);
  }
  return adjusted;
}
