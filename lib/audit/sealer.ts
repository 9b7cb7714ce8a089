import 'server-only';
import type pg from 'pg';
import { z } from 'zod';
import {
  chainOf,
  FIRST_PREVIOUS,
  type SealedEntry,
  sealedEntryColumns,
  sealedEntrySchema,
  sealHash,
} from '@/lib/audit/seal-rules';
import { pool } from '@/lib/db';

/** The last entry of a chain that is sealed. */
export type Head = { chain: string; sequence: number; hash: string };

/** Entries that one transaction seals. */
const BATCH = 1_000;
/** Any number that only the sealer uses: sealers of several workers take turns. */
const SEAL_LOCK = 4_118_113_016;

/**
 * The oldest transaction that was open at the last look. Everything that older ones wrote was
 * visible then and is sealed, so the next look begins here. Kept in memory alone: a new process
 * looks at the whole record once, whatever became of the database in between.
 */
export type Bookmark = { xid: bigint };

export const freshBookmark = (): Bookmark => ({ xid: 0n });

/** Entries that are committed and not sealed, oldest transaction first. */
async function findUnsealed(client: pg.ClientBase, from: bigint): Promise<SealedEntry[]> {
  const { rows } = await client.query(
    `SELECT ${sealedEntryColumns} FROM "AuditEvent" e
     WHERE e."xid" >= $1::text::xid8 AND NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")
     ORDER BY e."xid", e."id" LIMIT ${BATCH}`,
    [from.toString()],
  );
  return z.array(sealedEntrySchema).parse(rows);
}

async function findHeads(client: pg.ClientBase, chains: string[]): Promise<Map<string, Head>> {
  const { rows } = await client.query<Head>(
    `SELECT s."chain"::text AS "chain", s."sequence", s."hash" FROM unnest($1::uuid[]) AS c("chain")
     JOIN LATERAL (SELECT * FROM "AuditSeal" s WHERE s."chain" = c."chain" ORDER BY s."sequence" DESC LIMIT 1) s ON true`,
    [chains],
  );
  return new Map(rows.map((head) => [head.chain, head]));
}

/** Every seal of the batch, each on top of the one before it in its chain. */
function chainUp(
  entries: readonly SealedEntry[],
  heads: Map<string, Head>,
): (Head & { eventId: string })[] {
  return entries.map((entry) => {
    const chain = chainOf(entry);
    const head = heads.get(chain);
    const sequence = (head?.sequence ?? 0) + 1;
    const hash = sealHash(entry, { chain, sequence, previous: head?.hash ?? FIRST_PREVIOUS });
    heads.set(chain, { chain, sequence, hash });
    return { chain, sequence, hash, eventId: entry.id };
  });
}

/** Seals up to a batch; `isFull` says that there may be more. */
async function sealBatch(
  client: pg.ClientBase,
  from: bigint,
): Promise<{ heads: Head[]; isFull: boolean }> {
  // Taken before the look, so that what another sealer has just written is seen.
  await client.query('SELECT pg_advisory_xact_lock($1)', [SEAL_LOCK]);
  const entries = await findUnsealed(client, from);
  if (entries.length === 0) return { heads: [], isFull: false };
  const heads = await findHeads(client, [...new Set(entries.map(chainOf))]);
  const seals = chainUp(entries, heads);
  await client.query(
    `INSERT INTO "AuditSeal" ("chain", "sequence", "eventId", "hash")
     SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[])`,
    [
      seals.map((seal) => seal.chain),
      seals.map((seal) => seal.sequence),
      seals.map((seal) => seal.eventId),
      seals.map((seal) => seal.hash),
    ],
  );
  return { heads: [...heads.values()], isFull: entries.length === BATCH };
}

async function oldestOpenTransaction(client: pg.ClientBase): Promise<bigint> {
  const { rows } = await client.query<{ xid: string }>(
    'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "xid"',
  );
  return BigInt(rows[0]?.xid ?? '0');
}

/**
 * Seals every entry that is committed by now and returns the heads of the chains that grew. Any
 * number of sealers may run: they take turns, and the database refuses a fork or a gap.
 */
export async function sealPending(bookmark: Bookmark = freshBookmark()): Promise<Head[]> {
  const grown = new Map<string, Head>();
  const client = await pool().connect();
  try {
    const open = await oldestOpenTransaction(client);
    for (let more = true; more; ) {
      await client.query('BEGIN');
      const { heads, isFull } = await sealBatch(client, bookmark.xid);
      await client.query('COMMIT');
      for (const head of heads) grown.set(head.chain, head);
      more = isFull;
    }
    bookmark.xid = open;
    client.release();
    return [...grown.values()];
  } catch (error) {
    client.release(true);
    throw error;
  }
}
