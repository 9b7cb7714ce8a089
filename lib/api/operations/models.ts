import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { askModel } from '@/lib/models/model-mutations';
import { findModels, getModel } from '@/lib/models/model-queries';
import { askSchema, evaluationSchema } from '@/lib/models/model-schema';

const group = 'models';
const modelParams = z.strictObject({ modelId: z.uuid() });
const model = z.object({
  id: z.uuid(),
  name: z.string(),
  baseModel: z.string(),
  bytes: z.int(),
  createdAt: z.iso.datetime(),
  /** Base, tuned and human replies on the held-out examples, in counts. */
  evaluation: evaluationSchema,
});
const arm = { loss: 1.84, lossTokens: 500, pass: { passed: 15, total: 16 }, rules: [] };
const part = { rows: 16, base: arm, tuned: arm, human: { ...arm, loss: null } };
const shown = {
  id: shownIds.model,
  name: 'Support mail 3',
  baseModel: 'smollm2-135m-instruct',
  bytes: 19_000_000,
  createdAt: '2026-11-26T08:10:00.000Z',
  evaluation: {
    known: { ...part, rows: 0 },
    fresh: part,
    all: part,
    failedRows: 0,
    settings: {
      decoding: 'greedy',
      maxNewTokens: 200,
      batchSize: 4,
      dtype: 'float32',
      baseModel: null,
    },
  },
};

export const listModels = defineOperation({
  id: 'listModels',
  method: 'GET',
  path: '/api/v1/models',
  group,
  scope: 'models:read',
  input: {},
  output: z.object({ models: z.array(model) }),
  examples: { output: { models: [shown] } },
  handler: async ({ viewer }) => ({ models: await findModels(viewer) }),
});

export const readModel = defineOperation({
  id: 'getModel',
  method: 'GET',
  path: '/api/v1/models/{modelId}',
  group,
  scope: 'models:read',
  input: { params: modelParams },
  output: model.extend({
    adapterSha256: z.string(),
    run: z.object({
      id: z.uuid(),
      number: z.int(),
      release: z.object({ id: z.uuid(), number: z.int() }),
    }),
  }),
  examples: {
    output: {
      ...shown,
      adapterSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      run: {
        id: shownIds.run,
        number: 7,
        release: { id: shownIds.release, number: 3 },
      },
    },
  },
  handler: ({ viewer, params }) => getModel(viewer, params.modelId),
});

export const ask = defineOperation({
  id: 'askModel',
  method: 'POST',
  repeat: { look: 'listRecord' },
  path: '/api/v1/models/{modelId}/ask',
  group,
  scope: 'models:ask',
  input: { params: modelParams, body: askSchema.omit({ modelId: true }).strict() },
  output: z.object({ jobId: z.uuid() }),
  status: 202,
  examples: {
    body: { prompt: 'Where is my order?' },
    output: { jobId: shownIds.job },
  },
  handler: ({ viewer, params, body }) => askModel(viewer, { ...body, ...params }),
});
