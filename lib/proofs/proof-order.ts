import { orderKey } from '@/lib/proofs/proof-commitment';
import { joinNearDuplicates, UnionFind } from '@/lib/releases/near-duplicates';

export type HeldOutCandidate = {
  exampleId: string;
  groupKey: string | null;
  derivedFromId: string | null;
  promptText: string;
};

export type OrderedItem = { exampleId: string; position: number; groupNumber: number };

/** Held-out rows by what makes them one case: group, nearly the same prompt, or descent. */
function groupsOf(rows: readonly HeldOutCandidate[]): HeldOutCandidate[][] {
  const sets = new UnionFind(rows.length);
  const firstOfGroup = new Map<string, number>();
  const indexOf = new Map(rows.map((row, index) => [row.exampleId, index]));
  for (const [index, row] of rows.entries()) {
    if (row.groupKey !== null) {
      const first = firstOfGroup.get(row.groupKey);
      if (first === undefined) firstOfGroup.set(row.groupKey, index);
      else sets.union(first, index);
    }
    const origin = row.derivedFromId === null ? undefined : indexOf.get(row.derivedFromId);
    if (origin !== undefined) sets.union(origin, index);
  }
  joinNearDuplicates(
    rows.map((row) => row.promptText),
    sets,
  );
  const groups = new Map<number, HeldOutCandidate[]>();
  for (const [index, row] of rows.entries()) {
    const root = sets.find(index);
    groups.set(root, [...(groups.get(root) ?? []), row]);
  }
  return [...groups.values()];
}

/** A group that is larger than a whole proof gives this share of one: it counts as one all the same. */
const SHARE_OF_LARGE_GROUP = 0.1;

/**
 * The order in which a proof shows its rows: groups at random, the rows of a group at random
 * behind each other, both by HMAC under the seed. Whole groups are taken until `limit` rows; of a
 * group that has more rows than that, some.
 */
export function orderItems(
  rows: readonly HeldOutCandidate[],
  orderSeed: string,
  limit: number,
): OrderedItem[] {
  const sorted = [...rows].sort((a, b) => (a.exampleId < b.exampleId ? -1 : 1));
  const byKey = <T>(items: T[], name: (item: T) => string) =>
    items
      .map((item) => ({ item, key: orderKey(orderSeed, name(item)) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ item }) => item);
  const groups = byKey(groupsOf(sorted), (group) => `group:${group[0]?.exampleId}`);
  const items: OrderedItem[] = [];
  let groupNumber = 0;
  for (const group of groups) {
    const most = group.length > limit ? Math.ceil(limit * SHARE_OF_LARGE_GROUP) : group.length;
    if (items.length + most > limit) continue;
    groupNumber += 1;
    for (const row of byKey(group, ({ exampleId }) => `row:${exampleId}`).slice(0, most))
      items.push({ exampleId: row.exampleId, position: items.length, groupNumber });
  }
  return items;
}

/** How many of a release's held-out rows a proof asks; null where it asks all of them. */
export type Drawn = { asked: number; of: number } | null;

export const drawnOf = (asked: number, of: number): Drawn => (asked < of ? { asked, of } : null);
