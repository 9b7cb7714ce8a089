/** A placement key with the rows that it has, or would have, in the held-out set. */
export type SizedGroup = { key: string; rows: number };

export type Turnover<G> = {
  /** Seen groups that leave the held-out set for good. */
  leaving: G[];
  /** Seen groups that stay, because nothing fresh can stand in their place. */
  staying: G[];
  /** Groups that are held out in their stead. */
  fresh: G[];
  /** What is still to be placed, in its order. */
  waiting: G[];
};

export type TurnoverLimits = {
  /** At most so many fresh rows may be held out in place of seen ones. */
  freshRows: number;
  /** So many waiting groups are left for the other parts. */
  keep: number;
  /** The release may become smaller by so much and no more. */
  mayLose: { rows: number; keys: number };
};

/** How far a stand-in may be larger than what it stands in for, before a smaller one is looked for. */
const OVERSHOOT = 1.5;

/**
 * Lets seen groups leave the held-out set, first those first in `seen`, each once fresh groups
 * from `waiting` make up for it: neither the rows nor the groups of the set ever become fewer.
 * A group that nothing can stand in for stays, and smaller ones behind it may still leave. Pure.
 */
export function turnOver<G extends SizedGroup>(
  seen: readonly G[],
  waiting: readonly G[],
  limits: TurnoverLimits,
): Turnover<G> {
  const turnover: Turnover<G> = { leaving: [], staying: [], fresh: [], waiting: [...waiting] };
  const lost = { rows: 0, keys: 0 };
  const gained = { rows: 0, keys: 0 };
  for (const group of seen) {
    const rows = lost.rows + group.rows;
    const keys = lost.keys + 1;
    const mayLeave = rows <= limits.mayLose.rows && keys <= limits.mayLose.keys;
    const taken = mayLeave
      ? takeFresh(turnover.waiting, {
          rows: rows - gained.rows,
          keys: keys - gained.keys,
          room: limits.freshRows - gained.rows,
          keep: limits.keep,
        })
      : null;
    if (!taken) {
      turnover.staying.push(group);
      continue;
    }
    turnover.leaving.push(group);
    turnover.fresh.push(...taken);
    lost.rows = rows;
    lost.keys = keys;
    gained.keys += taken.length;
    for (const one of taken) gained.rows += one.rows;
  }
  return turnover;
}

/** Takes groups out of `waiting`, with at least so many rows and keys; none and null where there are too few. */
function takeFresh<G extends SizedGroup>(
  waiting: G[],
  wanted: { rows: number; keys: number; room: number; keep: number },
): G[] | null {
  const taken: { at: number; group: G }[] = [];
  let rows = 0;
  while (rows < wanted.rows || taken.length < wanted.keys) {
    const room = waiting.length > wanted.keep ? wanted.room - rows : 0;
    const at = nextFresh(waiting, Math.max(1, wanted.rows * OVERSHOOT) - rows, room);
    const group = waiting[at];
    if (!group) {
      for (const one of taken.reverse()) waiting.splice(one.at, 0, one.group);
      return null;
    }
    waiting.splice(at, 1);
    taken.push({ at, group });
    rows += group.rows;
  }
  return taken.map(({ group }) => group);
}

/** Place of the first group of at most `fits` rows, else of the smallest; -1 where none has room. */
function nextFresh(waiting: readonly SizedGroup[], fits: number, room: number): number {
  if (room < 1) return -1;
  const first = waiting.findIndex(({ rows }) => rows > 0 && rows <= Math.min(fits, room));
  if (first >= 0) return first;
  let smallest = -1;
  for (const [at, { rows }] of waiting.entries()) {
    if (rows > 0 && rows <= room && rows < (waiting[smallest]?.rows ?? Number.POSITIVE_INFINITY))
      smallest = at;
  }
  return smallest;
}
