import { joinNearDuplicates, UnionFind } from '@/lib/releases/near-duplicates';
import type { Split } from '@/lib/releases/release-schema';

export type PlacementCandidate = {
  id: string;
  groupKey: string | null;
  derivedFromId: string | null;
  promptText: string;
  /** Where it was placed by an earlier release. */
  split: Split | null;
  /** Goes into this release. Others only hold their place. */
  eligible: boolean;
  /** When a proof had it answered first; null where none did. */
  seenAt: Date | null;
  /** It left the held-out set in an earlier release, for good. */
  isSpent: boolean;
};

/** Everything that shares a placement key. `rows` counts the eligible members in its split, or all while it has none. */
export type Component = { key: string; members: PlacementCandidate[]; rows: number };

/** What makes examples one case for placement, and one for a proof. */
type Keyed = Pick<PlacementCandidate, 'id' | 'groupKey' | 'derivedFromId' | 'promptText'>;

/** Examples that belong together: by group, by nearly the same prompt, or by descent. In the order given. */
export function groupByKey<T extends Keyed>(examples: readonly T[]): T[][] {
  const sets = new UnionFind(examples.length);
  const firstOfGroup = new Map<string, number>();
  const indexOf = new Map(examples.map(({ id }, index) => [id, index]));
  for (const [index, { groupKey, derivedFromId }] of examples.entries()) {
    if (groupKey !== null) {
      const first = firstOfGroup.get(groupKey);
      if (first === undefined) firstOfGroup.set(groupKey, index);
      else sets.union(first, index);
    }
    const origin = derivedFromId === null ? undefined : indexOf.get(derivedFromId);
    if (origin !== undefined) sets.union(origin, index);
  }
  joinNearDuplicates(
    examples.map(({ promptText }) => promptText),
    sets,
  );
  const groups = new Map<number, T[]>();
  for (const [index, example] of examples.entries()) {
    const root = sets.find(index);
    const known = groups.get(root);
    if (known) known.push(example);
    else groups.set(root, [example]);
  }
  return [...groups.values()];
}

/** Everything that shares a key as one, by the id of its first; `sorted` is by id. */
export function findComponents(sorted: readonly PlacementCandidate[]): Component[] {
  return groupByKey(sorted).map((members) => {
    const component = { key: keyOf(members), members, rows: 0 };
    const split = settledSplit(component);
    // Rows that it has in its split; all eligible ones where it has none yet.
    const counted = members.filter(
      (one) => one.eligible && (!split || (one.split ?? split) === split),
    );
    return { ...component, rows: counted.length };
  });
}

const keyOf = ([first]: readonly Keyed[]): string => first?.id ?? '';
const byId = (a: Keyed, b: Keyed) => (a.id < b.id ? -1 : 1);

/** The split that a component already has: held-out wins over training, training over validation. */
export function settledSplit({ members }: Pick<Component, 'members'>): Split | null {
  const found = new Set(members.map((member) => member.split));
  return found.has('held_out')
    ? 'held_out'
    : found.has('training')
      ? 'training'
      : found.has('validation')
        ? 'validation'
        : null;
}

/** When a proof saw the first of a component; null where none did. */
export function seenSince({ members }: Component): number | null {
  const times = members.flatMap(({ seenAt }) => seenAt?.getTime() ?? []);
  return times.length > 0 ? Math.min(...times) : null;
}

/** The eligible members that lie in held-out, or would. */
export const heldOutOf = ({ members }: Component) =>
  members.filter(({ eligible, split }) => eligible && (split ?? 'held_out') === 'held_out');

/** The placement key of every example: what it shares by group, near-duplicate prompt or descent. */
export const placementKeys = (candidates: readonly Keyed[]): Map<string, string> =>
  new Map(
    groupByKey([...candidates].sort(byId)).flatMap((members) =>
      members.map(({ id }) => [id, keyOf(members)] as const),
    ),
  );
