import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { next, pageQuery, toPageInput } from '@/lib/api/page-query';
import { getCurve } from '@/lib/curves/curve-queries';
import { askModel } from '@/lib/models/model-mutations';
import { findModelPage, getModel } from '@/lib/models/model-queries';
import { askSchema, evaluationSchema } from '@/lib/models/model-schema';
import { curveAnswers } from '@/lib/proofs/statistics/learning-curve';
import { standings } from '@/lib/regression-set/comparison-rules';
import { regressionKinds } from '@/lib/regression-set/regression-schema';
import { getRegressionResult } from '@/lib/regression-set/result-queries';

const group = 'models';
const modelParams = z.strictObject({ modelId: z.uuid() });
const model = z.object({
  id: z.uuid(),
  name: z.string(),
  baseModel: z.string(),
  bytes: z.int(),
  /** It answers now, by what an admin noted. */
  isInUse: z.boolean(),
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
  isInUse: true,
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
  input: { query: z.strictObject(pageQuery) },
  output: z.object({ models: z.array(model), next }),
  examples: { output: { models: [shown], next: null } },
  handler: async ({ viewer, query }) => {
    const page = await findModelPage(viewer, toPageInput(query));
    return { models: page.rows, next: page.next };
  },
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

const outcomes = z.object({ pass: z.int(), fail: z.int(), unclear: z.int(), unanswered: z.int() });

export const readRegression = defineOperation({
  id: 'getModelRegression',
  method: 'GET',
  path: '/api/v1/models/{modelId}/regression',
  group,
  scope: 'models:read',
  input: { params: modelParams },
  output: z.object({
    standing: z.enum(standings),
    kinds: z.array(
      z.object({
        kind: z.enum(regressionKinds),
        base: outcomes,
        tuned: outcomes,
        /** Items that the base model passes and the tuned one fails, and the other way round. */
        worse: z.array(z.string()),
        better: z.array(z.string()),
        /** Items whose answers people have to decide: the tuned one may be the worse. */
        doubtful: z.array(z.string()),
        isWorse: z.boolean(),
        /** Whether it would be worse if all that is doubtful turned out to be. */
        mayBeWorse: z.boolean(),
      }),
    ),
    /** Items that were not asked of both models. */
    missing: z.int(),
    /** Answers that a model could not give. */
    unanswered: z.int(),
  }),
  examples: {
    output: {
      standing: 'worse',
      kinds: [
        {
          kind: 'everyday',
          base: { pass: 21, fail: 25, unclear: 4, unanswered: 0 },
          tuned: { pass: 19, fail: 27, unclear: 4, unanswered: 0 },
          worse: ['everyday-07', 'everyday-31'],
          better: [],
          doubtful: [],
          isWorse: true,
          mayBeWorse: true,
        },
      ],
      missing: 0,
      unanswered: 0,
    },
  },
  handler: async ({ viewer, params }) =>
    (await getRegressionResult(viewer, params.modelId)).comparison,
});

export const readCurve = defineOperation({
  id: 'getModelCurve',
  method: 'GET',
  path: '/api/v1/models/{modelId}/curve',
  group,
  scope: 'models:read',
  input: { params: modelParams },
  output: z.object({
    /** Whether more examples of the same kind will help; null until all trainings have ended. */
    answer: z.enum(curveAnswers).nullable(),
    trainings: z.array(
      z.object({
        /** Of 100 training examples. */
        share: z.int(),
        seed: z.int(),
        examples: z.int(),
        /** How close the held-out replies came: minus the mean loss per token, larger is closer. */
        score: z.number(),
        seconds: z.number(),
      }),
    ),
    /** Trainings that are still to be done, and what they would take on this machine. */
    left: z.int(),
    expectedSeconds: z.number(),
  }),
  examples: {
    output: {
      answer: null,
      trainings: [{ share: 25, seed: 1, examples: 30, score: -1.84, seconds: 41 }],
      left: 8,
      expectedSeconds: 560,
    },
  },
  handler: async ({ viewer, params }) => {
    const { points, answer, left, expectedSeconds } = await getCurve(viewer, params.modelId);
    return { answer: answer?.answer ?? null, trainings: points, left, expectedSeconds };
  },
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
