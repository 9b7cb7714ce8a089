import { orderKey } from '@/lib/proofs/proof-commitment';
import { groupByKey } from '@/lib/releases/placement-groups';

export type HeldOutCandidate = {
  exampleId: string;
  groupKey: string | null;
  derivedFromId: string | null;
  promptText: string;
};

export type OrderedItem = { exampleId: string; position: number; groupNumber: number };

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
  const sorted = rows
    .map((row) => ({ ...row, id: row.exampleId }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const byKey = <T>(items: T[], name: (item: T) => string) =>
    items
      .map((item) => ({ item, key: orderKey(orderSeed, name(item)) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ item }) => item);
  const groups = byKey(groupByKey(sorted), (group) => `group:${group[0]?.exampleId}`);
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
