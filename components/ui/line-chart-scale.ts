export interface ChartPoint {
  x: number;
  y: number;
}

/** Round steps between two numbers, about `count` of them, that start and end outside. */
export function ticks(low: number, high: number, count: number): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

/** Maps a number from one range to another. */
export function scale(value: number, from: [number, number], to: [number, number]): number {
  const span = from[1] - from[0] || 1;
  return to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

/** The point whose x is nearest; undefined for an empty line. Points are sorted by x. */
export function nearest(points: ChartPoint[], x: number): ChartPoint | undefined {
  let best: ChartPoint | undefined;
  for (const point of points) {
    if (!best || Math.abs(point.x - x) < Math.abs(best.x - x)) best = point;
  }
  return best;
}

/** Moves labels apart that would overlap, keeping their order. */
export function spread(positions: number[], gap: number): number[] {
  const order = positions.map((_, index) => index).sort((a, b) => at(a) - at(b));
  function at(index: number) {
    return positions[index] ?? 0;
  }
  const result = [...positions];
  let previous = Number.NEGATIVE_INFINITY;
  for (const index of order) {
    previous = Math.max(at(index), previous + gap);
    result[index] = previous;
  }
  return result;
}
