import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db, Prisma, type Tx } from '@/lib/db';
import { findByHand } from '@/lib/lineage/by-hand-queries';
import {
  type EraseJobInput,
  type ErasureCounts,
  MAX_SHOWN,
  type PersonSearch,
} from '@/lib/lineage/person-schema';
import { type Search, toSearch } from '@/lib/lineage/person-search';
import {
  findExampleIds,
  findTouched,
  hashOfTouched,
  proofIdsOf,
} from '@/lib/lineage/touched-queries';
import { findInUploads, type InUploads } from '@/lib/lineage/upload-queries';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

const isIn = (ids: readonly string[]) => Prisma.sql`i."exampleId" = ANY(${ids}::uuid[])`;

/** Releases that hold the examples, with their training files and models. */
async function findReleasesOf(tx: Tx, exampleIds: readonly string[]) {
  return tx.$queryRaw<
    {
      id: string;
      number: number;
      datasetId: string;
      dataset: string;
      examples: number;
      files: number;
      models: { id: string; name: string }[];
    }[]
  >`
    SELECT r."id", r."number", r."datasetId", d."name" AS "dataset", count(*)::int AS "examples",
      (SELECT count(*)::int FROM "Export" x WHERE x."releaseId" = r."id"
        AND EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = r."id" AND i."split" = x."split" AND ${isIn(exampleIds)})) AS "files",
      (SELECT coalesce(json_agg(json_build_object('id', m."id", 'name', m."name") ORDER BY m."id"), '[]')
        FROM "Model" m JOIN "Run" n ON n."id" = m."runId" WHERE n."releaseId" = r."id"
          AND EXISTS (SELECT 1 FROM "ReleaseItem" i WHERE i."releaseId" = r."id" AND i."split" <> 'held_out' AND ${isIn(exampleIds)})) AS "models"
    FROM "ReleaseItem" i JOIN "Release" r ON r."id" = i."releaseId" JOIN "Dataset" d ON d."id" = r."datasetId"
    WHERE ${isIn(exampleIds)} GROUP BY r."id", d."name" ORDER BY d."name", r."number"`;
}

/** The counts that the confirmation names. */
async function countTouched(tx: Tx, touched: EraseJobInput): Promise<ErasureCounts> {
  const { exampleIds } = touched;
  const releases = await findReleasesOf(tx, exampleIds);
  const [row] = await tx.$queryRaw<{ revisions: number; released: number }[]>`
    SELECT (SELECT count(*)::int FROM "Revision" r WHERE r."exampleId" = ANY(${exampleIds}::uuid[])) AS "revisions",
      (SELECT count(DISTINCT i."exampleId")::int FROM "ReleaseItem" i WHERE ${isIn(exampleIds)}) AS "released"`;
  return {
    examples: exampleIds.length,
    revisions: row?.revisions ?? 0,
    released: row?.released ?? 0,
    releases: releases.length,
    files: releases.reduce((sum, release) => sum + release.files, 0),
    models: releases.reduce((sum, release) => sum + release.models.length, 0),
    answers: touched.answers.length,
    proofs: proofIdsOf(touched).length,
    proofTexts: touched.proofAnswers.length + touched.proofVotes.length + touched.proofItems.length,
    regressionTexts:
      touched.regressionAnswers.length +
      touched.regressionItemIds.length +
      touched.modelUseIds.length,
    marks: touched.marks.length,
    imports: touched.importIds.length,
    badRows: touched.badRows.length,
    jobs: touched.jobIds.length,
    bulkItems: touched.bulkItems.length,
    notes: touched.noteReleaseIds.length,
  };
}

/**
 * What holds a person by now: all examples that do, what an erasure would touch with its counts,
 * and the hash by which a confirmation names it.
 */
export async function findHeld(tx: Tx, search: Search, inUploads: InUploads) {
  const exampleIds = await findExampleIds(tx, search);
  const touched = await findTouched(tx, search, { exampleIds, importIds: inUploads.carriedOut });
  const counts = await countTouched(tx, touched);
  return { exampleIds, touched, counts, seen: hashOfTouched(touched) };
}

/** How much of a prompt tells an example from others, in UTF-16 units. */
const EXCERPT = 120;

/** The first examples that hold the text, those that are left out among them. */
async function findShown(tx: Tx, { workspaceId, except }: Search, exampleIds: readonly string[]) {
  const left = exampleIds.filter((id) => !except.includes(id)).slice(0, MAX_SHOWN);
  const examples = await tx.example.findMany({
    where: {
      id: { in: [...left, ...exampleIds.filter((id) => except.includes(id))] },
      workspaceId,
    },
    orderBy: [{ datasetId: 'asc' }, { number: 'asc' }],
    select: {
      id: true,
      number: true,
      binnedAt: true,
      dataset: { select: { id: true, name: true } },
      currentRevision: { select: { promptText: true } },
    },
  });
  return examples.map(({ currentRevision, ...example }) => ({
    ...example,
    excerpt: currentRevision?.promptText.slice(0, EXCERPT).toWellFormed() ?? '',
    isLeftOut: except.includes(example.id),
  }));
}

/**
 * Where a person stands: every example, release, file, model, proof, import and answer that holds
 * the text, and what has to be changed by hand. Changes nothing; that somebody looked, and how much
 * they found, is recorded, the text not.
 */
export async function findPerson(viewer: Viewer, input: PersonSearch) {
  assertCan(viewer, 'person:erase');
  const search = await toSearch(db, viewer, input);
  const inUploads = await findInUploads(search);
  return db.$transaction(async (tx) => {
    const { workspaceId } = viewer;
    const { exampleIds, touched, counts, seen } = await findHeld(tx, search, inUploads);
    const examples = await findShown(tx, search, exampleIds);
    const releases = await findReleasesOf(tx, touched.exampleIds);
    const imports = await tx.import.findMany({
      where: { id: { in: touched.importIds.slice(0, MAX_SHOWN) }, workspaceId },
      orderBy: { id: 'asc' },
      select: { id: true, fileName: true, datasetId: true },
    });
    const proofs = await tx.proof.findMany({
      where: { id: { in: proofIdsOf(touched) }, workspaceId },
      orderBy: { id: 'asc' },
      take: MAX_SHOWN,
      select: { id: true, model: { select: { name: true } } },
    });
    const byHand = await findByHand(
      tx,
      search,
      inUploads.waiting.filter((id) => !touched.importIds.includes(id)),
    );
    await recordAudit(tx, viewer, {
      action: 'person.searched',
      subjectType: 'person',
      data: { matches: counts.examples },
    });
    return { counts, seen, examples, releases, imports, proofs, byHand };
  });
}
export type PersonFound = Awaited<ReturnType<typeof findPerson>>;

/** How many rows of a release were erased since it was frozen. */
export async function countErased(viewer: Viewer, releaseId: string): Promise<number> {
  assertCan(viewer, 'release:read');
  return db.erasedItem.count({
    where: { releaseId, release: { workspaceId: viewer.workspaceId } },
  });
}

/** How many examples that a model was trained on were erased since. */
export async function countTrainedOnErased(viewer: Viewer, modelId: string): Promise<number> {
  assertCan(viewer, 'model:read');
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS "count" FROM "Model" m JOIN "Run" n ON n."id" = m."runId"
    JOIN "ErasedItem" i ON i."releaseId" = n."releaseId" AND i."split" <> 'held_out'
    JOIN "Erasure" e ON e."id" = i."erasureId" AND e."createdAt" > n."createdAt"
    WHERE m."id" = ${modelId}::uuid AND m."workspaceId" = ${viewer.workspaceId}::uuid`;
  return row?.count ?? 0;
}
