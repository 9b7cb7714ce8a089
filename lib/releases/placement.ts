import { createHmac } from 'node:crypto';
import { joinNearDuplicates, UnionFind } from '@/lib/releases/near-duplicates';
import { MIN_EXAMPLES, MIN_KEYS, reservedRows, type Split } from '@/lib/releases/release-schema';

export type PlacementCandidate = {
  id: string;
  groupKey: string | null;
  derivedFromId: string | null;
  promptText: string;
  /** Where it was placed by an earlier release. */
  split: Split | null;
  /** Goes into this release. Others only hold their place. */
  eligible: boolean;
};

export type Placement = {
  /** Splits of the examples that had none. */
  placed: Map<string, Split>;
  /** Eligible examples that stay out because a placed one of another split touches them. */
  conflicts: Set<string>;
  /** Distinct placement keys per split, over the eligible examples that stay in. */
  keys: Record<Split, number>;
  /** Why a release is refused, or null. */
  refusal: 'too_few_examples' | 'too_few_keys' | null;
};

const SHARE = { held_out: 0.1, validation: 0.1 } as const;
/** With this many keys, the held-out set gets at least three of them: its unit is the group. */
const MANY_KEYS = 20;

type Component = { key: string; members: PlacementCandidate[] };

/**
 * Decides the split of every example that has none. A placement key is what examples share by
 * group, by near-duplicate prompts or by descent; a key lies wholly in one split. Unplaced keys
 * are ordered by HMAC-SHA-256(seed, key) and fill held-out and validation up to a tenth of the
 * rows each (at least one key), the rest trains. Where placed keys have grown together, the
 * held-out rows stay and the others are left out. With `reserveMore` the held-out share grows up
 * to what a proof needs, by new keys alone. Pure: same input, same answer, any order.
 */
export function place(
  candidates: readonly PlacementCandidate[],
  seed: string,
  options: { reserveMore?: boolean } = {},
): Placement {
  const sorted = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  const components = findComponents(sorted);
  const placed = new Map<string, Split>();
  const conflicts = new Set<string>();
  const open: Component[] = [];
  const rows: Record<Split, number> = { training: 0, validation: 0, held_out: 0 };
  const keys: Record<Split, number> = { training: 0, validation: 0, held_out: 0 };
  const settle = (component: Component, split: Split) => {
    let counted = 0;
    for (const member of component.members) {
      if (member.split === null && member.eligible) placed.set(member.id, split);
      if (!member.eligible) continue;
      if ((member.split ?? split) === split) counted += 1;
      else conflicts.add(member.id);
    }
    rows[split] += counted;
    if (counted > 0) keys[split] += 1;
  };

  for (const component of components) {
    const earlier = settledSplit(component);
    if (earlier) settle(component, earlier);
    else open.push(component);
  }

  const eligible = sorted.filter(
    (candidate) => candidate.eligible && !conflicts.has(candidate.id),
  ).length;
  const allKeys = open.length + keys.training + keys.validation + keys.held_out;
  const refusal =
    eligible < MIN_EXAMPLES ? 'too_few_examples' : allKeys < MIN_KEYS ? 'too_few_keys' : null;
  if (refusal) return { placed: new Map(), conflicts, keys, refusal };

  const digest = new Map(
    open.map((c) => [c, createHmac('sha256', seed).update(c.key).digest('hex')]),
  );
  const waiting = open.sort((a, b) =>
    (digest.get(a) as string) < (digest.get(b) as string) ? -1 : 1,
  );
  const leastHeldOut = allKeys >= MANY_KEYS ? 3 : 1;
  for (const split of ['held_out', 'validation'] as const) {
    const reserved = split === 'held_out' && options.reserveMore ? reservedRows(eligible) : 0;
    fill(waiting, split, {
      target: Math.max(eligible * SHARE[split], reserved),
      leastKeys: split === 'held_out' ? leastHeldOut : 1,
      rows,
      keys,
      settle,
      keep:
        split === 'held_out'
          ? 2 - Math.min(1, keys.validation) - Math.min(1, keys.training)
          : 1 - Math.min(1, keys.training),
    });
  }
  for (const component of waiting) settle(component, 'training');
  return { placed, conflicts, keys, refusal: null };
}

/** Takes keys from `waiting` into a split until it has its share; leaves at least `keep` for the others. */
function fill(
  waiting: Component[],
  split: 'held_out' | 'validation',
  plan: {
    target: number;
    leastKeys: number;
    keep: number;
    rows: Record<Split, number>;
    keys: Record<Split, number>;
    settle: (component: Component, split: Split) => void;
  },
): void {
  const size = (component: Component) =>
    component.members.filter((member) => member.eligible).length;
  const wants = () => plan.rows[split] < plan.target || plan.keys[split] < plan.leastKeys;
  // First only keys that do not overshoot the share by more than half; a second pass takes the smallest left.
  for (let index = 0; index < waiting.length && wants() && waiting.length > plan.keep; ) {
    const component = waiting[index] as Component;
    if (plan.rows[split] + size(component) <= Math.max(1, plan.target * 1.5)) {
      waiting.splice(index, 1);
      plan.settle(component, split);
    } else index += 1;
  }
  while (plan.keys[split] < plan.leastKeys && waiting.length > plan.keep) {
    const smallest = waiting.reduce(
      (best, c, index) => (size(c) < size(waiting[best] as Component) ? index : best),
      0,
    );
    const [component] = waiting.splice(smallest, 1);
    plan.settle(component as Component, split);
  }
}

/** The split that a component already has: held-out wins over training, training over validation. */
function settledSplit(component: Component): Split | null {
  const found = new Set(component.members.map((member) => member.split));
  return found.has('held_out')
    ? 'held_out'
    : found.has('training')
      ? 'training'
      : found.has('validation')
        ? 'validation'
        : null;
}

/** The placement key of every example: what it shares by group, near-duplicate prompt or descent. */
export function placementKeys(
  candidates: readonly Omit<PlacementCandidate, 'split' | 'eligible'>[],
): Map<string, string> {
  const sorted = candidates
    .map((candidate) => ({ ...candidate, split: null, eligible: true }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map(
    findComponents(sorted).flatMap(({ key, members }) => members.map(({ id }) => [id, key])),
  );
}

function findComponents(sorted: readonly PlacementCandidate[]): Component[] {
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
  const components = new Map<number, Component>();
  for (const [index, candidate] of sorted.entries()) {
    const root = sets.find(index);
    const component = components.get(root);
    if (component) component.members.push(candidate);
    else
      components.set(root, { key: (sorted[root] as PlacementCandidate).id, members: [candidate] });
  }
  return [...components.values()];
}
