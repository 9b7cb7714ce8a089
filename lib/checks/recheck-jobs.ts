import 'server-only';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { checkExample } from '@/lib/checks/check-example';
import { lockDataset } from '@/lib/datasets/dataset-queries';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { publish } from '@/lib/events';
import { contentSchema } from '@/lib/examples/content';
import { loadBriefForChecks, refreshFindings } from '@/lib/examples/example-findings';
import { defineJob } from '@/lib/jobs';
import type { Viewer } from '@/lib/session';

const BATCH = 50;

/**
 * Checks every example of a dataset again after the rules or the slots of its brief changed.
 * Touches findings only: no status, no approval. Always uses the newest brief, so running it
 * twice, or after a still newer version, does no harm.
 */
export const recheckJob = defineJob({
  kind: 'brief.recheck',
  input: z.strictObject({ briefId: z.uuid() }),
  async run({ viewer, subjectId: datasetId, progress, throwIfCancelled, signal, conclude }) {
    await waitForWriters(viewer, datasetId);
    const scope = { datasetId, workspaceId: viewer.workspaceId, binnedAt: null };
    const total = await db.example.count({ where: scope });
    let checked = 0;
    let after: number | null = 0;
    await progress(0, total, 'rechecking');
    while (after !== null) {
      signal.throwIfAborted();
      await throwIfCancelled();
      const batch: Batch = await recheckBatch(viewer, datasetId, after);
      checked += batch.checked;
      after = batch.last;
      await progress(Math.min(checked, total), total, 'rechecking');
    }
    await conclude({ checked }, async (tx) => {
      await recordAudit(tx, viewer, {
        action: 'brief.rechecked',
        subjectType: 'dataset',
        subjectId: datasetId,
        data: { checked },
      });
      await publish(tx, `dataset:${datasetId}`);
    });
  },
});

/** New examples hold the dataset's row until they commit; those begun under the old rules are seen after this. */
async function waitForWriters(viewer: Viewer, datasetId: string): Promise<void> {
  await db.$transaction((tx) => lockDataset(tx, viewer, datasetId));
}

const storedSelect = {
  revisionId: true,
  check: true,
  ruleId: true,
  severity: true,
  spanStart: true,
  spanEnd: true,
  detail: true,
} as const;

/** The same for the same findings, in whatever order they come. */
function fingerprint(findings: object[]): string {
  return JSON.stringify(findings.map((finding) => canonicalize(finding)).sort());
}

type Batch = { checked: number; last: number | null };

async function recheckBatch(viewer: Viewer, datasetId: string, after: number): Promise<Batch> {
  return db.$transaction(async (tx) => {
    const locked = await tx.$queryRaw<{ id: string; number: number }[]>`
      SELECT "id", "number" FROM "Example"
      WHERE "datasetId" = ${datasetId}::uuid AND "workspaceId" = ${viewer.workspaceId}::uuid
        AND "binnedAt" IS NULL AND "number" > ${after}
      ORDER BY "number" LIMIT ${BATCH} FOR NO KEY UPDATE`;
    // Read after the locks are held: an edit that was under way has its newest revision here.
    const examples = await tx.example.findMany({
      where: { id: { in: locked.map((row) => row.id) } },
      select: {
        id: true,
        currentRevision: { select: { id: true, content: true } },
        findings: { select: storedSelect },
      },
    });
    const brief = await loadBriefForChecks(tx, datasetId);
    if (!brief) throw new AppError('NOT_FOUND');
    for (const { id, currentRevision, findings } of examples) {
      if (!currentRevision) continue;
      const content = contentSchema.parse(currentRevision.content);
      // Most examples have the findings that they had: those cost no write.
      const found = checkExample(brief, content).map((finding) => ({
        ...finding,
        revisionId: currentRevision.id,
      }));
      if (fingerprint(findings) === fingerprint(found)) continue;
      await refreshFindings(tx, {
        workspaceId: viewer.workspaceId,
        datasetId,
        exampleId: id,
        revisionId: currentRevision.id,
        content,
        brief,
      });
    }
    const last = locked.length < BATCH ? null : (locked.at(-1)?.number ?? null);
    return { checked: locked.length, last };
  });
}
