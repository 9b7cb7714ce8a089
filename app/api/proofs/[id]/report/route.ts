import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { downloadHeaders, route } from '@/lib/http';
import { findProofWorkspace } from '@/lib/proofs/proof-queries';
import { downloadReport } from '@/lib/proofs/report-download';
import { requireViewerOf } from '@/lib/session';

/** The signed report of a closed proof. */
export const GET = route(async ({ params }) => {
  const id = z.uuid().safeParse(params.id);
  if (!id.success) throw new AppError('NOT_FOUND');
  const viewer = await requireViewerOf(() => findProofWorkspace(id.data));
  const text = await downloadReport(viewer, id.data);
  return new Response(text, {
    headers: downloadHeaders(`proof-${id.data}.jsonl`, 'application/jsonl'),
  });
});
