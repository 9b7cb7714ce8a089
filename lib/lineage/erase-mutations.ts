import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { countTouched, findTouched } from '@/lib/lineage/person-queries';
import {
  type ErasureCounts,
  erasePersonSchema,
  MAX_ERASED_EXAMPLES,
} from '@/lib/lineage/person-schema';
import { assertCan } from '@/lib/permissions';
import { lockProofsOf } from '@/lib/proofs/erasure-queries';
import type { Viewer } from '@/lib/session';

const isSame = (a: ErasureCounts, b: ErasureCounts) =>
  (Object.keys(a) as (keyof ErasureCounts)[]).every((key) => a[key] === b[key]);

/**
 * Starts the erasure of a person, of exactly what the admin saw. Throws CONFLICT where it is more
 * or less by now or while a proof is being answered from it, INVALID where nothing or too much
 * fits. The text itself is stored nowhere.
 */
export async function erasePerson(
  viewer: Viewer,
  input: z.infer<typeof erasePersonSchema>,
): Promise<{ jobId: string }> {
  assertCan(viewer, 'person:erase');
  const { text, counts: seen } = erasePersonSchema.parse(input);
  return db.$transaction(async (tx) => {
    const touched = await findTouched(tx, viewer, text);
    const counts = await countTouched(tx, touched);
    if (!isSame(counts, seen))
      throw new AppError('CONFLICT', 'lineage.errors.changed', {}, { data: { counts } });
    if (Object.values(counts).every((count) => count === 0))
      throw new AppError('INVALID', 'lineage.errors.nothing');
    if (counts.examples > MAX_ERASED_EXAMPLES)
      throw new AppError('INVALID', 'lineage.errors.tooMany', { max: MAX_ERASED_EXAMPLES });
    await lockProofsOf(tx, viewer, touched.exampleIds);
    const erasure = await tx.erasure.create({
      data: { workspaceId: viewer.workspaceId, createdById: viewer.userId, counts },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'person.erase_requested',
      subjectType: 'erasure',
      subjectId: erasure.id,
      data: counts,
    });
    const job = await startJob(tx, viewer, {
      kind: 'person.erase',
      subjectId: erasure.id,
      input: touched,
    });
    return { jobId: job.id };
  });
}
