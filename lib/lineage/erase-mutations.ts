import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { startJob } from '@/lib/jobs';
import { assertNothingReads, lockReleasesOf } from '@/lib/lineage/open-work-queries';
import { isOwed, startRest } from '@/lib/lineage/owed-erasures';
import { findHeld } from '@/lib/lineage/person-queries';
import {
  type continueErasureSchema,
  type ErasePersonInput,
  erasePersonSchema,
  MAX_ERASED_EXAMPLES,
} from '@/lib/lineage/person-schema';
import { toSearch } from '@/lib/lineage/person-search';
import { findInUploads } from '@/lib/lineage/upload-queries';
import { assertCan } from '@/lib/permissions';
import { lockProofsOf } from '@/lib/proofs/erasure-queries';
import type { Viewer } from '@/lib/session';

/**
 * Starts the erasure of a person, of exactly what the admin saw. Throws CONFLICT where it is
 * anything else by now or while something reads it (a run, a proof that is being answered), INVALID
 * where nothing or too much fits. Until the erasure has finished nothing begins on the releases
 * that held the person. The text itself is stored nowhere.
 */
export async function erasePerson(
  viewer: Viewer,
  input: ErasePersonInput,
): Promise<{ jobId: string }> {
  assertCan(viewer, 'person:erase');
  const { seen, ...query } = erasePersonSchema.parse(input);
  const search = await toSearch(db, viewer, query);
  const inUploads = await findInUploads(search);
  return db.$transaction(async (tx) => {
    const { workspaceId } = viewer;
    const { touched, counts, ...now } = await findHeld(tx, search, inUploads);
    if (now.seen !== seen)
      throw new AppError('CONFLICT', 'lineage.errors.changed', {}, { data: { counts } });
    if (Object.values(counts).every((count) => count === 0))
      throw new AppError('INVALID', 'lineage.errors.nothing');
    if (counts.examples > MAX_ERASED_EXAMPLES)
      throw new AppError('INVALID', 'lineage.errors.tooMany', { max: MAX_ERASED_EXAMPLES });
    const releaseIds = await lockReleasesOf(tx, workspaceId, touched.exampleIds);
    await lockProofsOf(tx, viewer, touched.exampleIds);
    await assertNothingReads(tx, workspaceId, touched, releaseIds);
    const erasure = await tx.erasure.create({
      data: { workspaceId, createdById: viewer.userId, counts, releaseIds },
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

/**
 * Goes on with an erasure whose rows are gone and whose files are not made again yet. Throws
 * NOT_FOUND for any other, CONFLICT while one is under way.
 */
export async function continueErasure(
  viewer: Viewer,
  { erasureId }: z.infer<typeof continueErasureSchema>,
): Promise<{ jobId: string }> {
  assertCan(viewer, 'person:erase');
  return db.$transaction(async (tx) => {
    const erasure = await tx.erasure.findFirst({
      where: { id: erasureId, workspaceId: viewer.workspaceId, ...isOwed },
      select: { id: true },
    });
    if (!erasure) throw new AppError('NOT_FOUND');
    await recordAudit(tx, viewer, {
      action: 'person.erase_continued',
      subjectType: 'erasure',
      subjectId: erasure.id,
    });
    const job = await startRest(tx, viewer, erasure.id);
    return { jobId: job.id };
  });
}
