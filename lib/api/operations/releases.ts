import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { datasetParams } from '@/lib/api/operations/datasets';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { next, pageQuery, toPageInput } from '@/lib/api/page-query';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { serveExport } from '@/lib/exports/export-download';
import { exportQuerySchema } from '@/lib/exports/export-schema';
import { exportFormats } from '@/lib/exports/writers';
import { createRelease } from '@/lib/releases/release-mutations';
import { findReleasePage, getRelease, previewRelease } from '@/lib/releases/release-queries';
import { releaseCountsSchema, releaseCreateSchema, splits } from '@/lib/releases/release-schema';
import { runStates } from '@/lib/training/run-schema';

const group = 'releases';
export const releaseParams = z.strictObject({ releaseId: z.uuid() });
const release = z.object({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(['freezing', 'frozen', 'failed']),
  /** Null until it is frozen. */
  counts: releaseCountsSchema.nullable(),
  note: z.string().nullable(),
  createdAt: z.iso.datetime(),
  frozenAt: z.iso.datetime().nullable(),
  /** Approvals that were withdrawn since. */
  withdrawn: z.int(),
});

export const shownCounts = {
  training: 100,
  validation: 12,
  heldOut: 30,
  keys: { training: 60, validation: 8, heldOut: 15 },
  excluded: { draft: 4 },
  olderBrief: 0,
  heldOutReplyKnown: 0,
  seen: { retired: 12, fresh: 14, staying: 0 },
};
const shown = {
  id: shownIds.release,
  number: 3,
  state: 'frozen',
  counts: shownCounts,
  note: null,
  createdAt: '2026-11-26T08:00:00.000Z',
  frozenAt: '2026-11-26T08:00:02.000Z',
  withdrawn: 0,
};

export const listReleases = defineOperation({
  id: 'listReleases',
  method: 'GET',
  path: '/api/v1/datasets/{datasetId}/releases',
  group,
  scope: 'releases:read',
  input: { params: datasetParams, query: z.strictObject(pageQuery) },
  output: z.object({ releases: z.array(release), next }),
  examples: { output: { releases: [shown], next: null } },
  handler: async ({ viewer, params, query }) => {
    // A dataset that is not there has no empty list.
    const { id } = await getDataset(viewer, params.datasetId);
    const page = await findReleasePage(viewer, id, toPageInput(query));
    return { releases: page.rows, next: page.next };
  },
});

export const previewNext = defineOperation({
  id: 'previewRelease',
  method: 'GET',
  path: '/api/v1/datasets/{datasetId}/releases/preview',
  group,
  scope: 'releases:read',
  input: { params: datasetParams },
  output: z.object({
    number: z.int(),
    approvedBrief: z.object({ id: z.uuid(), version: z.int() }).nullable(),
    newestBriefVersion: z.int().nullable(),
    /** A newer one that was approved by token, which the dataset does not count. */
    tokenBriefVersion: z.int().nullable(),
    /** Why no release can be made now; null where one can. */
    refusal: z.string().nullable(),
    counts: releaseCountsSchema,
  }),
  examples: {
    output: {
      number: 4,
      approvedBrief: { id: shownIds.brief, version: 3 },
      newestBriefVersion: 3,
      tokenBriefVersion: null,
      refusal: null,
      counts: shownCounts,
    },
  },
  handler: ({ viewer, params }) => previewRelease(viewer, params.datasetId),
});

export const makeRelease = defineOperation({
  id: 'createRelease',
  method: 'POST',
  repeat: { look: 'listReleases' },
  path: '/api/v1/datasets/{datasetId}/releases',
  group,
  scope: 'releases:write',
  input: { params: datasetParams, body: releaseCreateSchema.omit({ datasetId: true }).strict() },
  output: z.object({ id: z.uuid(), number: z.int(), jobId: z.uuid().nullable() }),
  status: 202,
  examples: {
    body: { briefId: shownIds.brief, note: 'Before the sale' },
    output: { id: shownIds.release, number: 4, jobId: shownIds.job },
  },
  handler: ({ viewer, params, body }) => createRelease(viewer, { ...body, ...params }),
});

export const readRelease = defineOperation({
  id: 'getRelease',
  method: 'GET',
  path: '/api/v1/datasets/{datasetId}/releases/{number}',
  group,
  scope: 'releases:read',
  input: {
    params: datasetParams.extend({ number: z.coerce.number().int().min(1).max(2_147_483_647) }),
  },
  output: release.extend({
    datasetId: z.uuid(),
    brief: z.object({ id: z.uuid(), version: z.int() }),
    exports: z.array(
      z.object({
        format: z.enum(exportFormats),
        split: z.enum(splits),
        bytes: z.int(),
        rows: z.int(),
        sha256: z.string(),
      }),
    ),
    runs: z.array(
      z.object({
        id: z.uuid(),
        number: z.int(),
        state: z.enum(runStates),
        createdAt: z.iso.datetime(),
      }),
    ),
  }),
  examples: {
    output: {
      ...shown,
      datasetId: shownIds.dataset,
      brief: { id: shownIds.brief, version: 3 },
      exports: [
        {
          format: 'openai-chat',
          split: 'training',
          bytes: 40_000,
          rows: 100,
          sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
        },
      ],
      runs: [],
    },
  },
  handler: ({ viewer, params }) => getRelease(viewer, params),
});

const exportOf = (part: 'file' | 'manifest') =>
  defineOperation({
    id: part === 'file' ? 'getExport' : 'getManifest',
    method: 'GET',
    path: `/api/v1/releases/{releaseId}/export${part === 'file' ? '' : '/manifest'}`,
    group,
    scope: 'releases:read',
    input: { params: releaseParams, query: exportQuerySchema.strict() },
    output: z.string(),
    streams: 'application/jsonl',
    isFile: true,
    examples: { output: '' },
    handler: ({ viewer, params, query, call }) =>
      serveExport(viewer, call.request, { ...query, ...params, part }),
  });
export const readExport = exportOf('file');
export const readManifest = exportOf('manifest');
