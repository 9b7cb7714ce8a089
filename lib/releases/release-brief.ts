import 'server-only';
import { isInForce } from '@/lib/datasets/brief-rules';
import type { Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';

export type ReleaseBrief = {
  /** The newest version that a release may use. */
  approved: { id: string; version: number } | null;
  newestVersion: number | null;
  /** A newer version than that, which a program approved and the dataset does not count. */
  byTokenVersion: number | null;
};

/** Which version of the brief the next release of a dataset uses. */
export async function findReleaseBrief(tx: Tx, datasetId: string): Promise<ReleaseBrief> {
  const briefs = await tx.brief.findMany({
    where: { datasetId },
    orderBy: { version: 'desc' },
    select: {
      id: true,
      version: true,
      approvedVia: true,
      dataset: { select: { allowTokenDecisions: true } },
    },
  });
  const at = briefs.findIndex((brief) => isInForce(brief, brief.dataset));
  const approved = briefs[at];
  const newer = at < 0 ? briefs : briefs.slice(0, at);
  return {
    approved: approved ? { id: approved.id, version: approved.version } : null,
    newestVersion: briefs[0]?.version ?? null,
    byTokenVersion: newer.find(({ approvedVia }) => approvedVia === 'token')?.version ?? null,
  };
}

/** The refusal of a release for want of an approved brief. */
export const noBriefToRelease = ({ byTokenVersion }: ReleaseBrief): AppError =>
  new AppError(
    'INVALID',
    byTokenVersion === null ? 'releases.errors.noApprovedBrief' : 'releases.errors.briefByToken',
  );
