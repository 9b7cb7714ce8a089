import 'server-only';
import type { KeyObject } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { type Anchor, isAnchorSigned } from '@/lib/audit/anchors';
import { chainOf, FIRST_PREVIOUS, sealedEntrySchema, sealHash } from '@/lib/audit/seal-rules';

/** The first thing that does not hold in a chain, in plain words; `sequence` is the broken entry. */
export type RecordFault = { chain: string; sequence: number | null; message: string };

/** What somebody should look at although the chain holds: its times go back. */
export type RecordNote = RecordFault;

export type RecordVerification = {
  /** Sealed entries per chain, as far as they were followed. */
  chains: { chain: string; entries: number; anchoredAt: number }[];
  faults: RecordFault[];
  notes: RecordNote[];
  /** Committed entries that no sealer has reached yet, and the time of the oldest. */
  unsealed: { count: number; oldest: string | null };
  /** How many words from outside the database it was held against. */
  outside: number;
};

/**
 * How much older than the entries before it an entry may say that it is: a change waits for its
 * commit. Beyond that a clock went back, or the entry was put in later and dated back. The chain
 * cannot tell which, so it is a note and no fault: one wrong clock would hide all that comes after.
 */
const LATE_HOURS = 1;
const LATE_MS = LATE_HOURS * 3_600_000;
const PAGE = 2_000;

const rowSchema = z.object({
  sequence: z.int(),
  hash: z.string(),
  eventId: z.string(),
  /** Absent where the entry itself is gone. */
  entry: sealedEntrySchema.nullable(),
});
type Row = z.infer<typeof rowSchema>;

async function* readChain(client: pg.ClientBase, chain: string): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const { rows } = await client.query(
      `SELECT s."sequence", s."hash", s."eventId"::text AS "eventId",
         CASE WHEN e."id" IS NULL THEN NULL ELSE json_build_object('id', e."id", 'workspaceId', e."workspaceId",
           'actorId', e."actorId", 'via', e."via", 'action', e."action", 'subjectType', e."subjectType",
           'subjectId', e."subjectId", 'data', e."data"::text,
           'at', to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) END AS "entry"
       FROM "AuditSeal" s LEFT JOIN "AuditEvent" e ON e."id" = s."eventId"
       WHERE s."chain" = $1 AND s."sequence" > $2 ORDER BY s."sequence" LIMIT ${PAGE}`,
      [chain, after],
    );
    const page = z.array(rowSchema).parse(rows);
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)?.sequence ?? after;
  }
}

const nameOf = (row: Row) =>
  row.entry ? `${row.entry.action} of ${row.entry.at}, id ${row.entry.id}` : `id ${row.eventId}`;

/** Where an entry must stand: after the hash of those before it. */
type Place = { chain: string; sequence: number; previous: string };

/** What is wrong with one entry on its own and in its place, or null. */
function faultOf(row: Row, place: Place) {
  if (row.sequence !== place.sequence) return `entry ${place.sequence} is missing`;
  if (!row.entry) return `entry ${row.sequence} was deleted (${nameOf(row)})`;
  if (chainOf(row.entry) !== place.chain)
    return `entry ${row.sequence} was moved to another workspace (${nameOf(row)})`;
  if (sealHash(row.entry, place) !== row.hash)
    return `entry ${row.sequence} is not what was sealed: it was changed, put in or moved (${nameOf(row)})`;
  return null;
}

/** Watches the times of a chain, in its order; each step back is told once. */
function watchClock(chain: string) {
  const notes: RecordNote[] = [];
  let youngest: { sequence: number; at: string } | null = null;
  const see = (row: Row) => {
    if (!row.entry) return;
    const { sequence, entry } = row;
    const ahead = youngest ? Date.parse(youngest.at) - Date.parse(entry.at) : 0;
    if (youngest && ahead > LATE_MS)
      notes.push({
        chain,
        sequence,
        message: `the clock went back from entry ${youngest.sequence} of ${youngest.at} to entry ${sequence}, or entry ${sequence} was put in later and dated back (${nameOf(row)})`,
      });
    if (!youngest || ahead <= 0 || ahead > LATE_MS) youngest = { sequence, at: entry.at };
  };
  return { notes, see };
}

type Followed = {
  entries: number;
  anchoredAt: number;
  fault: RecordFault | null;
  notes: readonly RecordNote[];
};

/** Follows a chain from its first entry to the first that does not hold. */
async function followChain(
  client: pg.ClientBase,
  chain: string,
  anchors: readonly Anchor[],
): Promise<Followed> {
  const bySequence = Map.groupBy(anchors, (anchor) => anchor.sequence);
  const clock = watchClock(chain);
  const followed: Followed = { entries: 0, anchoredAt: 0, fault: null, notes: clock.notes };
  let previous = FIRST_PREVIOUS;
  for await (const row of readChain(client, chain)) {
    const sequence = followed.entries + 1;
    const message = faultOf(row, { chain, sequence, previous });
    if (message) return { ...followed, fault: { chain, sequence, message } };
    const other = bySequence.get(sequence)?.find((anchor) => anchor.hash !== row.hash);
    if (other) {
      const from = followed.anchoredAt + 1;
      const where =
        from === sequence ? `entry ${sequence}` : `an entry from ${from} to ${sequence}`;
      return {
        ...followed,
        fault: {
          chain,
          sequence: from,
          message: `${where} was rewritten: at ${other.at} the record was anchored with other contents up to entry ${sequence}`,
        },
      };
    }
    if (bySequence.has(sequence)) followed.anchoredAt = sequence;
    followed.entries = sequence;
    previous = row.hash;
    clock.see(row);
  }
  return { ...followed, fault: cutTail(chain, followed.entries, anchors) };
}

function cutTail(chain: string, entries: number, anchors: readonly Anchor[]): RecordFault | null {
  const beyond = anchors.filter((anchor) => anchor.sequence > entries);
  const furthest = beyond.reduce<Anchor | null>(
    (far, one) => (far && far.sequence >= one.sequence ? far : one),
    null,
  );
  if (!furthest) return null;
  return {
    chain,
    sequence: entries + 1,
    message: `entry ${entries + 1} is missing: the record ends at entry ${entries}, but entry ${furthest.sequence} was anchored at ${furthest.at}. The tail was cut, or an older copy of the database was restored`,
  };
}

/** Entries without a seal: a short tail is normal; one that is dated before sealed ones is noted. */
async function checkUnsealed(client: pg.ClientBase) {
  const { rows } = await client.query<{ count: number; oldest: string | null }>(
    `SELECT count(*)::int AS "count", to_char(min(e."at") AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "oldest"
     FROM "AuditEvent" e WHERE NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")`,
  );
  const { rows: late } = await client.query<{ chain: string; name: string }>(
    `WITH head AS (
       SELECT s."chain", max(e."at") AS "at" FROM "AuditSeal" s JOIN "AuditEvent" e ON e."id" = s."eventId" GROUP BY s."chain"
     )
     SELECT h."chain"::text AS "chain", e."action" || ' of ' || to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ', id ' || e."id" AS "name"
     FROM "AuditEvent" e JOIN head h ON h."chain" = coalesce(e."workspaceId", '00000000-0000-0000-0000-000000000000'::uuid)
     WHERE e."at" < h."at" - make_interval(hours => $1)
       AND NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")
     ORDER BY e."at", e."id" LIMIT 20`,
    [LATE_HOURS],
  );
  return {
    unsealed: rows[0] ?? { count: 0, oldest: null },
    notes: late.map(({ chain, name }) => ({
      chain,
      sequence: null,
      message: `the clock went back before an entry that is not sealed yet, or the entry was put in later and dated back: younger ones are sealed (${name})`,
    })),
  };
}

function signatureFaults(anchors: readonly Anchor[], key: KeyObject | null): RecordFault[] {
  if (!key) return [];
  return anchors
    .filter((anchor) => !isAnchorSigned(anchor, key))
    .slice(0, 1)
    .map(({ chain, sequence, at }) => ({
      chain,
      sequence,
      message: `the anchor of ${at} at entry ${sequence} does not bear this installation's signature`,
    }));
}

type AnchorsByChain = ReadonlyMap<string, readonly Anchor[]>;

/**
 * Follows every chain of the record in one snapshot of the database, against anchors from outside
 * it. Names the first broken entry of each chain, and where times go back. Holds one page, the
 * anchors and what it names in memory.
 */
export async function verifyRecord(
  pool: pg.Pool,
  outside: {
    anchors: AnchorsByChain;
    /** What manifests say whose signature was looked at as `readManifestAnchors` does. */
    manifests?: AnchorsByChain;
    key: KeyObject | null;
  },
): Promise<RecordVerification> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const { rows } = await client.query<{ chain: string }>(
      'SELECT DISTINCT "chain"::text AS "chain" FROM "AuditSeal"',
    );
    const { anchors: written, manifests = new Map() } = outside;
    const names = new Set([
      ...rows.map(({ chain }) => chain),
      ...written.keys(),
      ...manifests.keys(),
    ]);
    const result: RecordVerification = {
      chains: [],
      faults: [],
      notes: [],
      unsealed: { count: 0, oldest: null },
      outside: 0,
    };
    for (const chain of [...names].sort()) {
      const anchors = [...(written.get(chain) ?? []), ...(manifests.get(chain) ?? [])];
      result.outside += anchors.length;
      result.faults.push(...signatureFaults(written.get(chain) ?? [], outside.key));
      const { fault, notes, ...followed } = await followChain(client, chain, anchors);
      result.chains.push({ chain, ...followed });
      if (fault) result.faults.push(fault);
      result.notes.push(...notes);
    }
    const { unsealed, notes } = await checkUnsealed(client);
    await client.query('COMMIT');
    return { ...result, unsealed, notes: [...result.notes, ...notes] };
  } finally {
    client.release();
  }
}
