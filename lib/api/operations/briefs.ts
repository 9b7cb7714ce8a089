import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { datasetParams } from '@/lib/api/operations/datasets';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { approveBrief, saveBrief } from '@/lib/datasets/brief-mutations';
import { getCurrentBrief } from '@/lib/datasets/brief-queries';
import {
  briefApproveSchema,
  briefContentSchema,
  briefSaveSchema,
} from '@/lib/datasets/brief-schema';
import { AppError } from '@/lib/errors';

const group = 'briefs';
const path = '/api/v1/datasets/{datasetId}/brief';
const content = {
  task: 'Answer mails of customers.',
  systemPrompt: 'You answer mails.',
  guidelines: 'Be brief.',
  slots: ['order'],
  rules: [],
};

export const readBrief = defineOperation({
  id: 'getBrief',
  method: 'GET',
  path,
  group,
  scope: 'datasets:read',
  input: { params: datasetParams },
  output: z.object({
    id: z.uuid(),
    version: z.int(),
    createdAt: z.iso.datetime(),
    approvedAt: z.iso.datetime().nullable(),
    /** Null while it is not approved. One by token counts where the dataset allows it. */
    approvedVia: z.enum(['session', 'token']).nullable(),
    ...briefContentSchema.shape,
  }),
  examples: {
    output: {
      id: shownIds.brief,
      version: 3,
      createdAt: '2026-11-26T08:00:00.000Z',
      approvedAt: null,
      approvedVia: null,
      ...content,
    },
  },
  handler: async ({ viewer, params }) => {
    const brief = await getCurrentBrief(viewer, params.datasetId);
    if (!brief) throw new AppError('NOT_FOUND');
    return brief;
  },
});

export const writeBrief = defineOperation({
  id: 'saveBrief',
  method: 'PUT',
  path,
  group,
  scope: 'datasets:write',
  input: { params: datasetParams, body: briefSaveSchema.omit({ datasetId: true }) },
  output: z.object({ version: z.int(), isNew: z.boolean(), jobId: z.uuid().nullable() }),
  examples: {
    body: { baseVersion: 3, content },
    output: { version: 4, isNew: true, jobId: null },
  },
  handler: ({ viewer, params, body }) => saveBrief(viewer, { ...body, ...params }),
});

export const agreeToBrief = defineOperation({
  id: 'approveBrief',
  method: 'POST',
  repeat: { look: 'getBrief' },
  path: `${path}/approve`,
  group,
  scope: 'reviews:decide',
  input: { params: datasetParams, body: briefApproveSchema.omit({ datasetId: true }) },
  output: z.object({ version: z.int() }),
  examples: { body: { version: 3 }, output: { version: 3 } },
  handler: async ({ viewer, params, body }) => {
    await approveBrief(viewer, { ...body, ...params });
    return body;
  },
});
