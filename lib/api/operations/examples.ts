import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { datasetParams } from '@/lib/api/operations/datasets';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { limitQuery, next } from '@/lib/api/page-query';
import { getDataset } from '@/lib/datasets/dataset-queries';
import { contentSchema } from '@/lib/examples/content';
import { getExample } from '@/lib/examples/example-detail';
import { submit } from '@/lib/examples/example-moves';
import { createExample, saveRevision } from '@/lib/examples/example-mutations';
import { findExamples } from '@/lib/examples/example-queries';
import { exampleStatuses } from '@/lib/examples/example-rules';
import {
  defaultSort,
  exampleCreateSchema,
  exampleMoveSchema,
  parseCursor,
  revisionSaveSchema,
} from '@/lib/examples/example-schema';
import { badCursor } from '@/lib/paging';

const group = 'examples';
export const exampleParams = z.strictObject({ exampleId: z.uuid() });
const place = {
  id: z.uuid(),
  number: z.int(),
  status: z.enum(exampleStatuses),
  version: z.int(),
};
const facts = { ...place, topic: z.string().nullable(), tags: z.array(z.string()) };
const row = z.object({
  ...facts,
  currentRevisionId: z.uuid(),
  updatedAt: z.iso.datetime(),
  /** The first 400 characters; `isWhole` says whether that is all. */
  prompt: z.string(),
  reply: z.string(),
  isWhole: z.boolean(),
  blockers: z.int(),
  warnings: z.int(),
});
const ofRevision = { datasetId: z.uuid(), revisionId: z.uuid() };
const example = z.object({ ...facts, ...ofRevision, content: contentSchema });
/** What a POST answers: where the example stands now, and none of its text. */
const placed = z.object({ ...place, ...ofRevision });

const content = {
  messages: [{ role: 'user', content: 'Where is my order?' }],
  reply: 'It left this morning and arrives tomorrow.',
};
const shownPlace = {
  id: shownIds.example,
  number: 12,
  status: 'draft',
  version: 1,
};
const shownFacts = { ...shownPlace, topic: 'delivery', tags: [] };
const shownRevision = { datasetId: shownIds.dataset, revisionId: shownIds.revision };
const shown = { ...shownFacts, ...shownRevision, content };
const shownPlaced = { ...shownPlace, ...shownRevision };

/** What a program needs of an example: not what its owner typed and has not saved. */
const toExample = ({
  row,
  datasetId,
  revision,
  content,
}: Awaited<ReturnType<typeof getExample>>) => ({
  ...row,
  datasetId,
  revisionId: revision.id,
  content,
});

const query = z.strictObject({
  status: z.enum(exampleStatuses).optional(),
  ...limitQuery,
  cursor: z.string().max(2_000).optional(),
});

export const listExamples = defineOperation({
  id: 'listExamples',
  method: 'GET',
  path: '/api/v1/datasets/{datasetId}/examples',
  group,
  scope: 'examples:read',
  input: { params: datasetParams, query },
  output: z.object({ examples: z.array(row), next }),
  examples: {
    output: {
      examples: [
        {
          ...shownFacts,
          currentRevisionId: shownIds.revision,
          updatedAt: '2026-11-26T08:00:00.000Z',
          prompt: content.messages[0]?.content,
          reply: content.reply,
          isWhole: true,
          blockers: 0,
          warnings: 0,
        },
      ],
      next: null,
    },
  },
  handler: async ({ viewer, params, query: { status, limit, cursor } }) => {
    if (cursor !== undefined && !parseCursor(cursor, defaultSort)) throw badCursor();
    // A dataset that is not there has no empty list.
    const { id: datasetId } = await getDataset(viewer, params.datasetId);
    const page = await findExamples(viewer, {
      datasetId,
      filter: status ? { status: [status] } : {},
      limit,
      cursor: cursor ?? null,
    });
    return { examples: page.rows, next: page.next };
  },
});

export const writeExample = defineOperation({
  id: 'createExample',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/datasets/{datasetId}/examples',
  group,
  scope: 'examples:write',
  input: {
    params: datasetParams,
    body: exampleCreateSchema.omit({ id: true, datasetId: true }),
  },
  output: placed,
  status: 201,
  examples: { body: { ...content, topic: 'delivery' }, output: shownPlaced },
  handler: async ({ viewer, params, body, call: { requestId: id } }) =>
    toExample(await createExample(viewer, { ...body, id, datasetId: params.datasetId })),
});

export const readExample = defineOperation({
  id: 'getExample',
  method: 'GET',
  path: '/api/v1/examples/{exampleId}',
  group,
  scope: 'examples:read',
  input: { params: exampleParams },
  output: example,
  examples: { output: shown },
  handler: async ({ viewer, params }) => toExample(await getExample(viewer, params.exampleId)),
});

export const editExample = defineOperation({
  id: 'editExample',
  method: 'PUT',
  path: '/api/v1/examples/{exampleId}',
  group,
  scope: 'examples:write',
  input: { params: exampleParams, body: revisionSaveSchema.omit({ id: true }) },
  output: example,
  examples: {
    body: { version: 1, changes: { reply: 'It arrives tomorrow.' } },
    output: { ...shown, version: 2, content: { ...content, reply: 'It arrives tomorrow.' } },
  },
  handler: async ({ viewer, params, body }) =>
    toExample(await saveRevision(viewer, { ...body, id: params.exampleId })),
});

export const submitExample = defineOperation({
  id: 'submitExample',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/examples/{exampleId}/submit',
  group,
  scope: 'examples:write',
  input: { params: exampleParams, body: exampleMoveSchema.omit({ id: true }) },
  output: placed,
  examples: { body: { version: 1 }, output: { ...shownPlaced, status: 'in_review', version: 2 } },
  handler: async ({ viewer, params, body }) =>
    toExample(await submit(viewer, { ...body, id: params.exampleId })),
});
