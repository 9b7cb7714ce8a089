import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { writeReport } from '@/lib/proofs/report-write';
import type { Viewer } from '@/lib/session';

/** The signed report of a closed proof for somebody who takes it along, which the record says. */
export async function downloadReport(viewer: Viewer, proofId: string): Promise<string> {
  const text = await writeReport(viewer, proofId);
  await db.$transaction((tx) =>
    recordAudit(tx, viewer, {
      action: 'proof.report_downloaded',
      subjectType: 'proof',
      subjectId: proofId,
    }),
  );
  return text;
}
