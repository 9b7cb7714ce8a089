import 'server-only';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { db } from '@/lib/db';
import {
  type ManifestHeader,
  type ManifestRow,
  manifestHeaderSchema,
  manifestRowSchema,
} from '@/lib/exports/manifest';
import { readFileStream } from '@/lib/files';
import { lineSearchSchema } from '@/lib/lineage/person-schema';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** Places of one line that an answer shows; the same line may stand in every release. */
const MAX_PLACES = 20;
/** Manifests that one query names; the look goes on with the next ones until the line is found. */
const MANIFESTS_AT_ONCE = 100;

type Place = { header: ManifestHeader; row: ManifestRow };

/** The hash of a whole line, or the hash that was given in its stead. */
export const toLineHash = (line: string) =>
  /^[0-9a-f]{64}$/i.test(line)
    ? line.toLowerCase()
    : createHash('sha256').update(line).digest('hex');

/** Reads one manifest line by line; a hash is parsed only where it is found. */
async function findInManifest(key: string, hash: string): Promise<Place[]> {
  const stream = readFileStream(key);
  const places: Place[] = [];
  let header: ManifestHeader | null = null;
  for await (const line of createInterface({
    input: stream,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    header ??= manifestHeaderSchema.parse(JSON.parse(line));
    if (!line.startsWith('{"kind":"row"') || !line.includes(hash)) continue;
    places.push({ header, row: manifestRowSchema.parse(JSON.parse(line)) });
  }
  return places;
}

/** Every manifest of the workspace's frozen releases, newest first. */
async function* manifestKeys({ workspaceId }: Viewer): AsyncGenerator<string> {
  let last: string | null = null;
  for (;;) {
    const files: { id: string; manifestKey: string }[] = await db.export.findMany({
      where: {
        workspaceId,
        release: { state: 'frozen' },
        ...(last ? { id: { lt: last } } : {}),
      },
      orderBy: { id: 'desc' },
      take: MANIFESTS_AT_ONCE,
      select: { id: true, manifestKey: true },
    });
    for (const { manifestKey } of files) yield manifestKey;
    last = files.at(-1)?.id ?? null;
    if (files.length < MANIFESTS_AT_ONCE) return;
  }
}

async function findPlaces(viewer: Viewer, hash: string): Promise<Place[]> {
  const places: Place[] = [];
  for await (const key of manifestKeys(viewer)) {
    const found = await findInManifest(key, hash).catch((error: NodeJS.ErrnoException) => {
      // An erasure took the file away since it was listed, and makes another one.
      if (error.code === 'ENOENT') return [];
      throw error;
    });
    places.push(...found);
    if (places.length >= MAX_PLACES) break;
  }
  return places.slice(0, MAX_PLACES);
}

/**
 * From a line of a training file, or its SHA-256, to its people: where it stands, the example and
 * revision, author, reviewer and time, and who approved the brief. Read from the signed manifests.
 */
export async function findLine(viewer: Viewer, input: { line: string }) {
  assertCan(viewer, 'record:read');
  const places = await findPlaces(viewer, toLineHash(lineSearchSchema.parse(input).line));
  const revisions = await db.revision.findMany({
    where: {
      id: { in: places.map(({ row }) => row.revisionId) },
      workspaceId: viewer.workspaceId,
      coAuthorId: { not: null },
    },
    select: { id: true, coAuthorId: true },
  });
  const coAuthors = new Map(revisions.map(({ id, coAuthorId }) => [id, coAuthorId]));
  const userIds = places.flatMap(({ header, row }) =>
    [
      row.authorId,
      coAuthors.get(row.revisionId) ?? [],
      row.reviewerId,
      header.brief.approvedById,
    ].flat(),
  );
  const [users, examples, datasets] = await Promise.all([
    db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, name: true } }),
    db.example.findMany({
      where: {
        id: { in: places.map(({ row }) => row.exampleId) },
        workspaceId: viewer.workspaceId,
        binnedAt: null,
      },
      select: { id: true },
    }),
    db.dataset.findMany({
      where: { id: { in: places.map(({ header }) => header.datasetId) } },
      select: { id: true, name: true },
    }),
  ]);
  const names = new Map(users.map(({ id, name }) => [id, name]));
  const present = new Set(examples.map(({ id }) => id));
  const datasetNames = new Map(datasets.map(({ id, name }) => [id, name]));
  return places.map(({ header, row }) => ({
    datasetId: header.datasetId,
    dataset: datasetNames.get(header.datasetId) ?? '',
    releaseNumber: header.releaseNumber,
    format: header.format,
    split: header.split,
    /** As an editor counts lines, from 1. */
    line: row.row + 1,
    exampleNumber: row.number,
    ordinal: row.ordinal,
    isPresent: present.has(row.exampleId),
    author: names.get(row.authorId) ?? null,
    /** Whom an import names as the writer, beside the one who imported it. */
    coAuthor: names.get(coAuthors.get(row.revisionId) ?? '') ?? null,
    reviewer: names.get(row.reviewerId) ?? null,
    reviewedAt: row.reviewedAt,
    briefVersion: header.brief.version,
    briefApprover: names.get(header.brief.approvedById) ?? null,
    frozenAt: header.frozenAt,
  }));
}
export type LinePlace = Awaited<ReturnType<typeof findLine>>[number];
