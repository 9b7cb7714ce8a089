import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { AppError } from '@/lib/errors';
import { type ExampleDetail, getExample } from '@/lib/examples/example-detail';
import { dismissSchema, reopenSchema } from '@/lib/examples/example-schema';
import { inTransaction } from '@/lib/examples/example-transaction';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Sets a warning aside with a reason. Throws INVALID for a blocker: those are only ever fixed. */
export async function dismissFinding(
  viewer: Viewer,
  input: z.input<typeof dismissSchema>,
): Promise<ExampleDetail> {
  const { findingId, reason } = dismissSchema.parse(input);
  return setState(viewer, findingId, {
    state: 'dismissed',
    dismissedById: viewer.userId,
    dismissReason: reason,
  });
}

/** Takes a dismissal back. */
export async function reopenFinding(
  viewer: Viewer,
  input: z.input<typeof reopenSchema>,
): Promise<ExampleDetail> {
  const { findingId } = reopenSchema.parse(input);
  return setState(viewer, findingId, { state: 'open', dismissedById: null, dismissReason: null });
}

type Change =
  | { state: 'dismissed'; dismissedById: string; dismissReason: string }
  | { state: 'open'; dismissedById: null; dismissReason: null };

async function setState(viewer: Viewer, id: string, change: Change): Promise<ExampleDetail> {
  assertCan(viewer, 'finding:dismiss');
  return inTransaction(async (tx) => {
    const finding = await tx.finding.findFirst({
      where: { id, workspaceId: viewer.workspaceId, example: { binnedAt: null } },
      select: { exampleId: true, severity: true, check: true, state: true },
    });
    if (!finding) throw new AppError('NOT_FOUND');
    if (finding.severity === 'blocker')
      throw new AppError('INVALID', 'examples.errors.blockerStays');
    if (finding.state !== change.state) {
      await tx.finding.updateMany({
        where: { id, workspaceId: viewer.workspaceId },
        data: { ...change, updatedAt: new Date() },
      });
      await recordAudit(tx, viewer, {
        action: change.state === 'dismissed' ? 'finding.dismissed' : 'finding.reopened',
        subjectType: 'finding',
        subjectId: id,
        data: { exampleId: finding.exampleId, check: finding.check },
      });
    }
    return getExample(viewer, finding.exampleId, tx);
  });
}
