import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { datasetParams } from '@/lib/api/operations/datasets';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { limitQuery } from '@/lib/api/page-query';
import {
  changeImportMapping,
  recordBadRowsDownload,
  startImportCheck,
  startImportCommit,
  startImportUndo,
} from '@/lib/imports/import-mutations';
import { findBadRows, getImport } from '@/lib/imports/import-queries';
import { emptyMapping } from '@/lib/imports/import-rules';
import {
  badReasons,
  countsSchema,
  importStates,
  importTargets,
  importVersionSchema,
  mappingSchema,
  readingSchema,
} from '@/lib/imports/import-schema';
import { receiveImport } from '@/lib/imports/import-upload';
import type { Viewer } from '@/lib/session';

const group = 'imports';
const all = '/api/v1/datasets/{datasetId}/imports';
const one = `${all}/{importId}` as const;
const scope = 'imports:write';
const importParams = datasetParams.extend({ importId: z.uuid() });
const version = importVersionSchema;
const shownMapping = { ...emptyMapping, prompt: 0, reply: 1, topic: 2 };

export const upload = defineOperation({
  id: 'uploadImport',
  method: 'POST',
  repeat: 'again',
  path: all,
  group,
  scope,
  input: { params: datasetParams },
  takesFile: true,
  output: z.object({ id: z.uuid() }),
  status: 201,
  examples: { output: { id: shownIds.import } },
  handler: ({ viewer, params, call }) =>
    receiveImport(viewer, {
      datasetId: params.datasetId,
      headers: call.request.headers,
      body: call.file,
      id: call.requestId,
    }),
});

export const readImport = defineOperation({
  id: 'getImport',
  method: 'GET',
  path: one,
  group,
  scope,
  input: { params: importParams },
  output: z.object({
    id: z.uuid(),
    fileName: z.string(),
    bytes: z.int(),
    state: z.enum(importStates),
    version: z.int(),
    reading: readingSchema,
    mapping: mappingSchema,
    counts: countsSchema.nullable(),
    createdAt: z.iso.datetime(),
  }),
  examples: {
    output: {
      id: shownIds.import,
      fileName: 'mails.csv',
      bytes: 2_000,
      state: 'uploaded',
      version: 1,
      reading: {
        format: 'csv',
        encoding: 'utf-8',
        isUtf8: true,
        delimiter: ',',
        header: true,
        newline: 'lf',
        columns: ['question', 'answer', 'intent'],
      },
      mapping: shownMapping,
      counts: null,
      createdAt: '2026-11-26T08:00:00.000Z',
    },
  },
  handler: ({ viewer, params }) => getImport(viewer, params),
});

export const mapImport = defineOperation({
  id: 'mapImport',
  method: 'PUT',
  path: `${one}/mapping`,
  group,
  scope,
  input: { params: importParams, body: z.strictObject({ version, mapping: mappingSchema }) },
  output: z.object({ version: z.int() }),
  examples: { body: { version: 1, mapping: shownMapping }, output: { version: 2 } },
  handler: async ({ viewer, params, body }) => {
    await getImport(viewer, params);
    return changeImportMapping(viewer, { ...body, importId: params.importId });
  },
});

/** The steps that a worker takes: each answers its job, and the import says its state. */
const step = <B extends z.ZodType<{ version: number }>>(
  name: 'check' | 'commit' | 'undo',
  body: B,
  shown: unknown,
  start: (viewer: Viewer, input: z.infer<B> & { importId: string }) => Promise<{ jobId: string }>,
) =>
  defineOperation({
    id: `${name}Import`,
    method: 'POST',
    repeat: 'again',
    path: `${one}/${name}`,
    group,
    scope,
    input: { params: importParams, body },
    output: z.object({ jobId: z.uuid() }),
    status: 202,
    examples: { body: shown, output: { jobId: shownIds.job } },
    handler: async ({ viewer, params, body: sent }) => {
      await getImport(viewer, params);
      return start(viewer, { ...sent, importId: params.importId });
    },
  });

export const checkImport = step(
  'check',
  z.strictObject({ version }),
  { version: 2 },
  startImportCheck,
);
export const commitImport = step(
  'commit',
  z.strictObject({ version, target: z.enum(importTargets) }),
  { version: 4, target: 'draft' },
  startImportCommit,
);
export const undoImport = step(
  'undo',
  z.strictObject({ version }),
  { version: 6 },
  startImportUndo,
);

export const listBadRows = defineOperation({
  id: 'listBadRows',
  method: 'GET',
  path: `${one}/bad-rows`,
  group,
  scope,
  input: {
    params: importParams,
    query: z.strictObject({
      ...limitQuery,
      cursor: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
    }),
  },
  output: z.object({
    rows: z.array(
      z.object({
        line: z.int(),
        column: z.string().nullable(),
        reason: z.enum(badReasons),
        excerpt: z.string(),
      }),
    ),
    /** The line to go on after. */
    next: z.int().nullable(),
  }),
  examples: {
    output: {
      rows: [{ line: 4, column: 'answer', reason: 'empty', excerpt: '' }],
      next: null,
    },
  },
  handler: async ({ viewer, params, query }) => {
    const { id } = await getImport(viewer, params);
    await recordBadRowsDownload(viewer, id);
    const { limit: take, cursor: after = 0 } = query;
    return findBadRows(viewer, { importId: id, after, take });
  },
});
