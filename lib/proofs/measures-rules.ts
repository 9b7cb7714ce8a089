import { type Measure, type MeasureDetail, measuresOf } from '@/lib/proofs/measures/measure-list';
import {
  type ByMeasuredArm,
  byMeasuredArm,
  type MeasureContext,
  type MeasuredArm,
  type MeasuredText,
  type Reading,
  readReplies,
} from '@/lib/proofs/measures/readings';
import {
  type ClusteredDifference,
  clusteredDifference,
  studentTest,
} from '@/lib/proofs/statistics/clustered';
import { exactMcNemar } from '@/lib/proofs/statistics/exact';
import { type CouldBe, couldBeElsewhere } from '@/lib/proofs/statistics/frequencies';
import { holmAdjust } from '@/lib/proofs/statistics/holm';

/** A row of the table: how many replies of each arm do well, and what changed row by row. */
export type MeasureRow = {
  /** every, valid, whole, unasked, slots, facts, copies, refusals, length, rule:<id>, field:<name> */
  key: string;
  counts: ByMeasuredArm<{ good: number; of: number } | null>;
  /** How low and how high the counts could be elsewhere; null where nothing is estimated. */
  couldBe: ByMeasuredArm<CouldBe | null>;
  /** What stands behind the counts, where there is more to tell. */
  details: ByMeasuredArm<MeasureDetail | null>;
  /** Positions of the rows that the candidate does better, as well, worse than the opponent. */
  improved: number[];
  unchanged: number[];
  broken: number[];
};

/** Every measure over the given rows, counted for each arm and the human replies. */
export function measureRows(rows: readonly MeasuredText[], context: MeasureContext): MeasureRow[] {
  const readings = readReplies(rows, context);
  return measuresOf(context, readings).map((measure) =>
    countMeasure(measure, rows, readings, context),
  );
}

function countMeasure(
  { key, good, detail, isAgainstIdeal = false }: Measure,
  rows: readonly MeasuredText[],
  readings: readonly ByMeasuredArm<Reading | null>[],
  { candidate, opponent }: Pick<MeasureContext, 'candidate' | 'opponent'>,
): MeasureRow {
  const held = byMeasuredArm((arm) =>
    readings.map(({ [arm]: reading }) => (reading ? good(reading) : null)),
  );
  const count = (arm: MeasuredArm) => {
    const found = held[arm].filter((one) => one !== null);
    return found.length === 0 ? null : { good: found.filter(Boolean).length, of: found.length };
  };
  const counts = byMeasuredArm(count);
  const change = (wanted: number) =>
    rows.flatMap((row, index) => {
      const [own, other] = [held[candidate][index], held[opponent][index]];
      if (typeof own !== 'boolean' || typeof other !== 'boolean') return [];
      return Math.sign(Number(own) - Number(other)) === wanted ? [row.position] : [];
    });
  return {
    key,
    counts,
    couldBe: byMeasuredArm((arm) =>
      arm === 'human' && isAgainstIdeal
        ? null
        : couldBeElsewhere(
            rows.flatMap(({ groupNumber }, index) => {
              const isGood = held[arm][index] ?? null;
              return isGood === null ? [] : [{ groupNumber, isGood }];
            }),
          ),
    ),
    details: byMeasuredArm((arm) =>
      counts[arm] && detail ? detail(readings.flatMap((row) => row[arm] ?? [])) : null,
    ),
    improved: change(1),
    unchanged: change(0),
    broken: change(-1),
  };
}

/** What an expert asks of a row of the table: how large the difference is, and whether it could be chance. */
export type MeasureTest = {
  key: string;
  difference: ClusteredDifference;
  /**
   * Adjusted by Holm over all rows: exact McNemar where examples are independent, Student's t of the
   * clustered difference where groups have several rows.
   */
  pValue: number;
};

/** Tests every measure, the candidate against the opponent, paired by example. */
export function testMeasures(
  measures: readonly MeasureRow[],
  rows: readonly MeasuredText[],
): MeasureTest[] {
  const groupOf = new Map(rows.map((row) => [row.position, String(row.groupNumber)]));
  const isClustered = new Set(groupOf.values()).size < rows.length;
  const pairs = (positions: readonly number[], difference: number) =>
    positions.map((position) => ({ cluster: groupOf.get(position) ?? '', difference }));
  const differences = measures.map(({ improved, unchanged, broken }) =>
    clusteredDifference([...pairs(improved, 1), ...pairs(unchanged, 0), ...pairs(broken, -1)]),
  );
  const pValues = holmAdjust(
    measures.map(({ improved, broken }, index) =>
      isClustered
        ? studentTest(differences[index] as ClusteredDifference)
        : exactMcNemar(improved.length, broken.length),
    ),
  );
  return measures.map(({ key }, index) => ({
    key,
    difference: differences[index] as ClusteredDifference,
    pValue: pValues[index] as number,
  }));
}
