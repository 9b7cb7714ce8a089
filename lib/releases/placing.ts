import {
  type Component,
  heldOutOf,
  type PlacementCandidate,
} from '@/lib/releases/placement-groups';
import { reservedRows, type Split } from '@/lib/releases/release-schema';

export type Placement = {
  /** Splits of the examples that had none. */
  placed: Map<string, Split>;
  /** Eligible examples that stay out because a placed one of another split touches them. */
  conflicts: Set<string>;
  /** What proofs have seen of the held-out set. */
  seen: SeenPlacement;
  /** Distinct placement keys per split, over the eligible examples that stay in. */
  keys: Record<Split, number>;
  /** Why a release is refused, or null. */
  refusal: 'too_few_examples' | 'too_few_keys' | null;
};

/** Ids of examples of seen groups, and of those that stand in for them. */
export type SeenPlacement = {
  /** Eligible, and out of this release because their group retired, now or earlier. */
  out: Set<string>;
  /** Of those, the ones that leave the held-out set with this release. */
  retired: Set<string>;
  /** Seen, and in this release for want of fresh ones. */
  staying: Set<string>;
  /** Held out for the first time, in groups that nothing seen touches. */
  fresh: Set<string>;
  /** Held-out examples that are to be noted as spent. */
  spent: Set<string>;
};

const SHARE = { held_out: 0.1, validation: 0.1 } as const;

/** What is decided so far about the components of one release. */
export class Placing {
  readonly keys: Record<Split, number> = { training: 0, validation: 0, held_out: 0 };
  private readonly rows: Record<Split, number> = { training: 0, validation: 0, held_out: 0 };
  private readonly placed = new Map<string, Split>();
  private readonly conflicts = new Set<string>();
  private readonly seen: SeenPlacement = {
    out: new Set(),
    retired: new Set(),
    staying: new Set(),
    fresh: new Set(),
    spent: new Set(),
  };

  isIn({ id }: PlacementCandidate): boolean {
    return !this.conflicts.has(id) && !this.seen.out.has(id);
  }

  /** Leaves out the eligible members that an earlier release placed elsewhere. */
  leaveOut({ members }: Component, split: Split): void {
    for (const member of members)
      if (member.eligible && (member.split ?? split) !== split) this.conflicts.add(member.id);
  }

  settle(component: Component, split: Split): void {
    const isNew = component.members.every((member) => member.split === null);
    for (const member of component.members) {
      if (!member.eligible || member.split !== null) continue;
      this.placed.set(member.id, split);
      if (isNew && split === 'held_out') this.seen.fresh.add(member.id);
    }
    this.leaveOut(component, split);
    this.rows[split] += component.rows;
    if (component.rows > 0) this.keys[split] += 1;
  }

  /** Keeps a seen component in the held-out set. */
  stay(component: Component): void {
    this.settle(component, 'held_out');
    for (const member of heldOutOf(component)) this.seen.staying.add(member.id);
  }

  /** Takes a seen component out of this release and all later ones. What joins it is held out, and out with it. */
  retire(component: Component): void {
    this.leaveOut(component, 'held_out');
    for (const member of heldOutOf(component)) {
      this.seen.out.add(member.id);
      if (member.split === null) this.placed.set(member.id, 'held_out');
      else if (!member.isSpent) this.seen.retired.add(member.id);
    }
    for (const member of component.members)
      if (!member.isSpent && (member.split ?? this.placed.get(member.id)) === 'held_out')
        this.seen.spent.add(member.id);
  }

  /** Gives what waits to held-out and validation up to their shares, and the rest to training. */
  fillUp(
    waiting: Component[],
    plan: { eligible: number; leastHeldOut: number; reserveMore: boolean },
  ): void {
    const { rows, keys } = this;
    const settle = this.settle.bind(this);
    for (const split of ['held_out', 'validation'] as const) {
      const isHeldOut = split === 'held_out';
      const reserved = isHeldOut && plan.reserveMore ? reservedRows(plan.eligible) : 0;
      fill(waiting, split, {
        target: Math.max(plan.eligible * SHARE[split], reserved),
        leastKeys: isHeldOut ? plan.leastHeldOut : 1,
        keep: (isHeldOut ? 2 - Math.min(1, keys.validation) : 1) - Math.min(1, keys.training),
        rows,
        keys,
        settle,
      });
    }
    for (const component of waiting) this.settle(component, 'training');
  }

  result(refusal: Placement['refusal']): Placement {
    const { placed, conflicts, seen, keys } = this;
    if (!refusal) return { placed, conflicts, seen, keys, refusal };
    const none = { retired: new Set<string>(), fresh: new Set<string>(), spent: new Set<string>() };
    return { placed: new Map(), conflicts, seen: { ...seen, ...none }, keys, refusal };
  }
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
  const wants = () => plan.rows[split] < plan.target || plan.keys[split] < plan.leastKeys;
  // First only keys that do not overshoot the share by more than half; a second pass takes the smallest left.
  for (let index = 0; index < waiting.length && wants() && waiting.length > plan.keep; ) {
    const component = waiting[index] as Component;
    if (plan.rows[split] + component.rows <= Math.max(1, plan.target * 1.5)) {
      waiting.splice(index, 1);
      plan.settle(component, split);
    } else index += 1;
  }
  while (plan.keys[split] < plan.leastKeys && waiting.length > plan.keep) {
    const smallest = waiting.reduce(
      (best, c, index) => (c.rows < (waiting[best] as Component).rows ? index : best),
      0,
    );
    const [component] = waiting.splice(smallest, 1);
    plan.settle(component as Component, split);
  }
}
