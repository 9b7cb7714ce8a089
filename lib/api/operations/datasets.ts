import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { next, pageQuery, toPageInput } from '@/lib/api/page-query';
import { createDataset, setTokenDecisions } from '@/lib/datasets/dataset-mutations';
import { findDatasetPage, getDataset } from '@/lib/datasets/dataset-queries';
import { datasetCreateSchema, datasetTokenDecisionsSchema } from '@/lib/datasets/dataset-schema';

const group = 'datasets';
export const datasetParams = z.strictObject({ datasetId: z.uuid() });
const dataset = z.object({
  id: z.uuid(),
  name: z.string(),
  version: z.int(),
  createdAt: z.iso.datetime(),
  archivedAt: z.iso.datetime().nullable(),
  /** Whether approvals by access token count in its releases. */
  allowTokenDecisions: z.boolean(),
});
const shown = {
  id: shownIds.dataset,
  name: 'Support mail',
  version: 1,
  createdAt: '2026-11-26T08:00:00.000Z',
  archivedAt: null,
  allowTokenDecisions: false,
};

export const listDatasets = defineOperation({
  id: 'listDatasets',
  method: 'GET',
  path: '/api/v1/datasets',
  group,
  scope: 'datasets:read',
  input: { query: z.strictObject(pageQuery) },
  output: z.object({
    datasets: z.array(dataset.extend({ examples: z.int(), inReview: z.int() })),
    next,
  }),
  examples: { output: { datasets: [{ ...shown, examples: 120, inReview: 4 }], next: null } },
  handler: async ({ viewer, query }) => {
    const page = await findDatasetPage(viewer, { archived: false }, toPageInput(query));
    return { datasets: page.rows, next: page.next };
  },
});

export const readDataset = defineOperation({
  id: 'getDataset',
  method: 'GET',
  path: '/api/v1/datasets/{datasetId}',
  group,
  scope: 'datasets:read',
  input: { params: datasetParams },
  output: dataset,
  examples: { output: shown },
  handler: ({ viewer, params }) => getDataset(viewer, params.datasetId),
});

export const makeDataset = defineOperation({
  id: 'createDataset',
  method: 'POST',
  repeat: { look: 'listDatasets' },
  path: '/api/v1/datasets',
  group,
  scope: 'datasets:write',
  input: { body: datasetCreateSchema },
  output: z.object({ id: z.uuid() }),
  status: 201,
  examples: {
    body: {
      name: 'Support mail',
      task: 'Answer mails of customers.',
      systemPrompt: 'You answer mails.',
    },
    output: { id: shown.id },
  },
  handler: ({ viewer, body }) => createDataset(viewer, body),
});

export const allowDecisions = defineOperation({
  id: 'setTokenDecisions',
  method: 'PUT',
  path: '/api/v1/datasets/{datasetId}/token-decisions',
  group,
  // Whoever makes programs' decisions count holds the scope that lets them decide.
  scope: 'reviews:decide',
  input: { params: datasetParams, body: datasetTokenDecisionsSchema.omit({ datasetId: true }) },
  output: z.object({ version: z.int() }),
  examples: { body: { version: 1, allowed: true }, output: { version: 2 } },
  handler: ({ viewer, params, body }) => setTokenDecisions(viewer, { ...body, ...params }),
});
