import { createHmac } from 'node:crypto';
import {
  type Component,
  findComponents,
  type PlacementCandidate,
  seenSince,
  settledSplit,
} from '@/lib/releases/placement-groups';
import { type Placement, Placing } from '@/lib/releases/placing';
import { MIN_EXAMPLES, MIN_KEYS } from '@/lib/releases/release-schema';
import { turnOver } from '@/lib/releases/seen-groups';

/** With this many keys, the held-out set gets at least three of them: its unit is the group. */
const MANY_KEYS = 20;
/** So much of what is fresh may stand in for seen groups: people write to teach as well as to test. */
const FRESH_SHARE = 0.5;

/**
 * Decides the split of every example that has none. A placement key is what examples share by
 * group, by near-duplicate prompts or by descent; a key lies wholly in one split. Unplaced keys
 * are ordered by HMAC-SHA-256(seed, key) and fill held-out and validation up to a tenth of the
 * rows each (at least one key), the rest trains. Where placed keys have grown together, the
 * held-out rows stay and the others are left out. Held-out keys that a proof has seen retire, the
 * oldest first, as far as unplaced ones can stand in for them; once retired they are out for good.
 * With `reserveMore` the held-out share grows up to what a proof needs, by new keys alone. Pure:
 * same input, same answer, any order.
 */
export function place(
  candidates: readonly PlacementCandidate[],
  seed: string,
  options: { reserveMore?: boolean | undefined } = {},
): Placement {
  const sorted = [...candidates].sort((a, b) => (a.id < b.id ? -1 : 1));
  const placing = new Placing();
  const open: Component[] = [];
  const seen: Component[] = [];
  for (const component of findComponents(sorted)) {
    const earlier = settledSplit(component);
    if (component.members.some((member) => member.isSpent)) placing.retire(component);
    else if (earlier === 'held_out' && seenSince(component) && component.rows > 0)
      seen.push(component);
    else if (earlier) placing.settle(component, earlier);
    else open.push(component);
  }
  // Whether they stay or leave: what touches them and lies elsewhere is left out.
  for (const component of seen) placing.leaveOut(component, 'held_out');

  const { keys } = placing;
  const eligible = sorted.filter((one) => one.eligible && placing.isIn(one)).length;
  const allKeys = open.length + seen.length + keys.training + keys.validation + keys.held_out;
  const refusal =
    eligible < MIN_EXAMPLES ? 'too_few_examples' : allKeys < MIN_KEYS ? 'too_few_keys' : null;
  if (refusal) {
    for (const component of seen) placing.stay(component);
    return placing.result(refusal);
  }

  const turnover = turnOver(seen.sort(bySeen), drawn(open, seed), {
    freshRows: Math.floor(rowsOf(open) * (options.reserveMore ? 1 : FRESH_SHARE)),
    keep: 2 - Math.min(1, keys.validation) - Math.min(1, keys.training),
    mayLose: { rows: eligible - MIN_EXAMPLES, keys: allKeys - MIN_KEYS },
  });
  for (const component of turnover.leaving) placing.retire(component);
  for (const component of turnover.staying) placing.stay(component);
  for (const component of turnover.fresh) placing.settle(component, 'held_out');
  placing.fillUp(turnover.waiting, {
    eligible: eligible - rowsOf(turnover.leaving),
    leastHeldOut: allKeys - turnover.leaving.length >= MANY_KEYS ? 3 : 1,
    reserveMore: options.reserveMore ?? false,
  });
  return placing.result(null);
}

const rowsOf = (components: readonly Component[]) =>
  components.reduce((sum, { rows }) => sum + rows, 0);

/** In the order that the seed draws. */
function drawn(components: readonly Component[], seed: string): Component[] {
  return components
    .map((component) => ({
      component,
      digest: createHmac('sha256', seed).update(component.key).digest('hex'),
    }))
    .sort((a, b) => (a.digest < b.digest ? -1 : 1))
    .map(({ component }) => component);
}

const bySeen = (a: Component, b: Component) =>
  (seenSince(a) ?? 0) - (seenSince(b) ?? 0) || (a.key < b.key ? -1 : 1);
