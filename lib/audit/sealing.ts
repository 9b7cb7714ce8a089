import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import { findLastAnchor, writeAnchor } from '@/lib/audit/anchors';
import { freshBookmark, type Head, sealPending } from '@/lib/audit/sealer';
import { pool } from '@/lib/db';
import { log } from '@/lib/log';

/** How long an entry stays without its seal while a worker runs, in milliseconds. */
const SEAL_EVERY_MS = 1_000;
/** How often a chain that grows is anchored, in milliseconds: what a cut tail could hide at most. */
const ANCHOR_EVERY_MS = 30_000;

/** The last sealed entry of a chain, or null while it has none. */
export async function findHead(chain: string): Promise<Head | null> {
  const { rows } = await pool().query<Head>(
    `SELECT "chain"::text AS "chain", "sequence", "hash" FROM "AuditSeal"
     WHERE "chain" = $1 ORDER BY "sequence" DESC LIMIT 1`,
    [chain],
  );
  return rows[0] ?? null;
}

/** The last sealed entry of every chain. Reads the whole index of seals. */
async function readHeads(): Promise<Head[]> {
  const { rows } = await pool().query<Head>(
    `SELECT DISTINCT ON ("chain") "chain"::text AS "chain", "sequence", "hash" FROM "AuditSeal"
     ORDER BY "chain", "sequence" DESC`,
  );
  return rows;
}

/** Anchors the heads whose last anchor says something else. */
export async function anchorHeads(heads: Iterable<Head>): Promise<void> {
  for (const head of heads) {
    const last = await findLastAnchor(head.chain);
    if (last?.hash !== head.hash) await writeAnchor(head);
  }
}

/** Seals and anchors in the background until it is stopped; the worker runs it. */
export function startSealing(): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const work = sealUntil(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await work;
    },
  };
}

async function sealUntil(signal: AbortSignal): Promise<void> {
  const bookmark = freshBookmark();
  const grown = new Map<string, Head>();
  let anchoredAt = Number.NEGATIVE_INFINITY;
  let isFirst = true;
  while (!signal.aborted) {
    try {
      // What an earlier worker sealed and could not anchor any more.
      if (isFirst) for (const head of await readHeads()) grown.set(head.chain, head);
      for (const head of await sealPending(bookmark)) grown.set(head.chain, head);
      isFirst = false;
      if (grown.size > 0 && performance.now() - anchoredAt >= ANCHOR_EVERY_MS) {
        await anchorHeads(grown.values());
        grown.clear();
        anchoredAt = performance.now();
      }
    } catch (error) {
      log.error({ err: error }, 'the record could not be sealed or anchored; it is tried again');
    }
    await sleep(SEAL_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  await anchorHeads(grown.values()).catch((error: unknown) =>
    log.error({ err: error }, 'the record could not be anchored at the end'),
  );
}
