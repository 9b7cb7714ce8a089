export type Rating = { unit: string; voter: string; choice: string };

export type Agreement = {
  /**
   * Krippendorff's alpha: 1 full agreement, 0 what chance would give, below 0 systematic
   * disagreement. Null where it is not defined: no unit has two voters, or all chose the same.
   */
  alpha: number | null;
  /** Share of pairs of voters of one unit who chose the same; null without pairs. */
  share: number | null;
  pairs: number;
  /** Units with at least two voters. */
  units: number;
};

/**
 * Agreement of voters over units, nominal, with any number of voters per unit: Krippendorff,
 * "Computing Krippendorff's Alpha-Reliability" (2011). A voter's last rating of a unit counts.
 */
export function agreement(ratings: readonly Rating[]): Agreement {
  const units = new Map<string, Map<string, string>>();
  for (const { unit, voter, choice } of ratings) {
    const votes = units.get(unit) ?? new Map<string, string>();
    units.set(unit, votes.set(voter, choice));
  }
  const paired = [...units.values()].filter((votes) => votes.size >= 2);

  let values = 0;
  let disagreement = 0;
  let pairs = 0;
  let alike = 0;
  const totals = new Map<string, number>();
  for (const votes of paired) {
    const counts = countChoices(votes.values());
    const size = votes.size;
    const same = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0);
    values += size;
    disagreement += (size * (size - 1) - same) / (size - 1);
    pairs += (size * (size - 1)) / 2;
    alike += same / 2;
    for (const [choice, count] of counts) totals.set(choice, (totals.get(choice) ?? 0) + count);
  }

  const squares = [...totals.values()].reduce((sum, count) => sum + count * count, 0);
  const expected = (values * values - squares) / Math.max(1, values - 1);
  return {
    alpha: expected > 0 ? 1 - disagreement / expected : null,
    share: pairs > 0 ? alike / pairs : null,
    pairs,
    units: paired.length,
  };
}

function countChoices(choices: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const choice of choices) counts.set(choice, (counts.get(choice) ?? 0) + 1);
  return counts;
}
