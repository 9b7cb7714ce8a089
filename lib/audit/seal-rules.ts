import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';

/** The chain of the installation: sign-ins, accounts, first admin. A workspace's chain bears its id. */
export const INSTALLATION_CHAIN = '00000000-0000-0000-0000-000000000000';

/** What stands before the first entry of every chain. */
export const FIRST_PREVIOUS = '0'.repeat(64);

/**
 * An entry as the database holds it and as it is sealed. `at` is UTC with six decimals: JavaScript's
 * dates would drop the last three, and a change there would go unseen.
 */
export const sealedEntrySchema = z.object({
  id: z.string(),
  workspaceId: z.string().nullable(),
  actorId: z.string().nullable(),
  via: z.string(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string().nullable(),
  /** The JSON text of the entry's data. */
  data: z.string(),
  at: z.string(),
});
export type SealedEntry = z.infer<typeof sealedEntrySchema>;

/** The columns of AuditEvent (as `e`) that `sealedEntrySchema` reads. */
export const sealedEntryColumns = `e."id"::text AS "id", e."workspaceId"::text AS "workspaceId",
  e."actorId"::text AS "actorId", e."via"::text AS "via", e."action", e."subjectType",
  e."subjectId"::text AS "subjectId", e."data"::text AS "data",
  to_char(e."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "at"`;

export const chainOf = (entry: { workspaceId: string | null }): string =>
  entry.workspaceId ?? INSTALLATION_CHAIN;

/**
 * SHA-256, hex, over the canonical JSON (RFC 8785) of the entry, its place and the hash before it:
 * an entry that was changed, moved, put in or taken out no longer fits.
 */
export function sealHash(
  entry: SealedEntry,
  place: { chain: string; sequence: number; previous: string },
): string {
  const exact = {
    chain: place.chain,
    sequence: place.sequence,
    previous: place.previous,
    entry: {
      id: entry.id,
      workspaceId: entry.workspaceId,
      actorId: entry.actorId,
      via: entry.via,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      data: JSON.parse(entry.data) as unknown,
      at: entry.at,
    },
  };
  return createHash('sha256')
    .update(String(canonicalize(exact)))
    .digest('hex');
}
