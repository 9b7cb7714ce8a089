import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { countJudgements } from '@/lib/proofs/ledger-queries';
import { type Drawn, drawnOf, orderItems } from '@/lib/proofs/proof-order';
import { MAX_PROOF_ROWS } from '@/lib/proofs/proof-schema';
import { levelOfRun } from '@/lib/proofs/statistics/levels';
import { winsNeeded } from '@/lib/proofs/statistics/power';
import type { Viewer } from '@/lib/session';

/** Numbers of groups that are told beside the present one. */
const OTHER_SIZES = [30, 50, 100];

export type Power = {
  /** Groups that the next proof would count, by whether their reply is known from training. */
  parts: { kind: 'fresh' | 'known'; groups: number; wins: number | null }[];
  /** The how-many-th judgement on these examples the next proof is. */
  ordinal: number;
  others: { groups: number; wins: number }[];
  /** At most so many of the held-out rows are asked; how many, the draw of the proof will say. */
  drawn: Drawn;
};

/** What the held-out examples of a release can prove, before anything is measured. */
export async function findPower(
  viewer: Viewer,
  input: { releaseId: string; modelId?: string },
): Promise<Power> {
  assertCan(viewer, 'proof:read');
  const release = await db.release.findFirst({
    where: { id: input.releaseId, workspaceId: viewer.workspaceId },
    select: { id: true },
  });
  if (!release) throw new AppError('NOT_FOUND');
  const rows = await db.$queryRaw<
    {
      exampleId: string;
      replyKnown: boolean;
      groupKey: string | null;
      derivedFromId: string | null;
      promptText: string;
    }[]
  >`
    SELECT i."exampleId", i."replyKnown", e."groupKey", e."derivedFromId", r."promptText"
    FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId" JOIN "Example" e ON e."id" = i."exampleId"
    WHERE i."releaseId" = ${release.id}::uuid AND i."split" = 'held_out'`;
  // Any seed: only the number of groups is asked for.
  const items = orderItems(rows, '00', MAX_PROOF_ROWS);
  const ordinal = await db.$transaction((tx) =>
    countJudgements(tx, {
      id: input.modelId ?? null,
      heldOutIds: rows.map(({ exampleId }) => exampleId),
    }),
  );
  const alpha = levelOfRun(ordinal);
  const known = new Map(rows.map((row) => [row.exampleId, row.replyKnown]));
  const parts = (['fresh', 'known'] as const).flatMap((kind) => {
    const own = items.filter((item) => known.get(item.exampleId) === (kind === 'known'));
    const groups = new Set(own.map((item) => item.groupNumber)).size;
    return groups === 0 ? [] : [{ kind, groups, wins: winsNeeded(groups, alpha) }];
  });
  const most = Math.max(0, ...parts.map((part) => part.groups));
  const others = OTHER_SIZES.filter((groups) => groups > most).flatMap((groups) => {
    const wins = winsNeeded(groups, alpha);
    return wins === null ? [] : [{ groups, wins }];
  });
  const drawn = items.length < rows.length ? drawnOf(MAX_PROOF_ROWS, rows.length) : null;
  return { parts, ordinal, others, drawn };
}
