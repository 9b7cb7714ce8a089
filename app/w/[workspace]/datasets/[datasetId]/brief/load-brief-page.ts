import 'server-only';
import { notFound } from 'next/navigation';
import { findRecentRecheck } from '@/lib/checks/recheck-queries';
import { countExamplesInUse } from '@/lib/checks/rule-trial-queries';
import {
  countOtherApprovers,
  findApprovedBrief,
  getCurrentBrief,
  isBriefReleased,
  toBriefContent,
} from '@/lib/datasets/brief-queries';
import { isInForce, whyNotApprove } from '@/lib/datasets/brief-rules';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { forPage, pageViewer } from '@/lib/page';
import { can } from '@/lib/permissions';

/** Everything that the page of a brief shows. */
export async function loadBriefPage(workspace: string, datasetId: string) {
  const viewer = await pageViewer(workspace);
  const dataset = await forPage(getDataset(viewer, datasetId));
  const brief = await getCurrentBrief(viewer, datasetId);
  if (!brief) notFound();
  const [approved, others, examplesInUse, job, isReleased] = await Promise.all([
    findApprovedBrief(viewer, datasetId),
    countOtherApprovers(viewer, brief.authorId),
    countExamplesInUse(viewer, datasetId),
    findRecentRecheck(viewer, datasetId),
    isBriefReleased(viewer, brief.id),
  ]);
  return {
    userId: viewer.userId,
    brief,
    content: toBriefContent(brief),
    isApproved: isInForce(brief, dataset),
    bar: whyNotApprove(viewer, { ...brief, isReleased }, brief.version),
    inForce: approved?.version ?? null,
    isAlone: others === 0,
    examplesInUse,
    job,
    canEdit: can(viewer.role, 'brief:edit') && !dataset.archivedAt,
    canManage: can(viewer.role, 'dataset:manage'),
  };
}
