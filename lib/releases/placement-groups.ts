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

export function findComponents(sorted: readonly PlacementCandidate[]): Component[] {
  const sets = new UnionFind(sorted.length);
  const firstOfGroup = new Map<string, number>();
  const indexOf = new Map(sorted.map((candidate, index) => [candidate.id, index]));
  for (const [index, candidate] of sorted.entries()) {
    if (candidate.groupKey !== null) {
      const first = firstOfGroup.get(candidate.groupKey);
      if (first === undefined) firstOfGroup.set(candidate.groupKey, index);
      else sets.union(first, index);
    }
    const origin =
      candidate.derivedFromId === null ? undefined : indexOf.get(candidate.derivedFromId);
    if (origin !== undefined) sets.union(origin, index);
  }
  joinNearDuplicates(
    sorted.map((candidate) => candidate.promptText),
    sets,
  );
  const members = new Map<number, PlacementCandidate[]>();
  for (const [index, candidate] of sorted.entries()) {
    const root = sets.find(index);
    const known = members.get(root);
    if (known) known.push(candidate);
    else members.set(root, [candidate]);
  }
  return [...members].map(([root, own]) => {
    const component = { key: (sorted[root] as PlacementCandidate).id, members: own, rows: 0 };
    const split = settledSplit(component);
    // Rows that it has in its split; all eligible ones where it has none yet.
    const counted = own.filter((one) => one.eligible && (!split || (one.split ?? split) === split));
    return { ...component, rows: counted.length };
  });
}

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
export function placementKeys(
  candidates: readonly Pick<
    PlacementCandidate,
    'id' | 'groupKey' | 'derivedFromId' | 'promptText'
  >[],
): Map<string, string> {
  const sorted = candidates
    .map((candidate) => ({
      ...candidate,
      split: null,
      eligible: true,
      seenAt: null,
      isSpent: false,
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(
    findComponents(sorted).flatMap(({ key, members }) => members.map(({ id }) => [id, key])),
  );
}
