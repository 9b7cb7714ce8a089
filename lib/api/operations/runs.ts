import 'server-only';
import { z } from 'zod';
import { defineOperation, toOutput } from '@/lib/api/operation';
import { releaseParams } from '@/lib/api/operations/releases';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { next, pageQuery, toPageInput } from '@/lib/api/page-query';
import { eventStream } from '@/lib/events';
import { createQuote } from '@/lib/training/quote-mutations';
import { cancelRun, createRun } from '@/lib/training/run-mutations';
import { findRunPage, getRun } from '@/lib/training/run-queries';
import { quoteCreateSchema, runCreateSchema, runStates } from '@/lib/training/run-schema';

const group = 'runs';
export const runParams = z.strictObject({ runId: z.uuid() });
const run = z.object({
  id: z.uuid(),
  number: z.int(),
  state: z.enum(runStates),
  step: z.int(),
  totalSteps: z.int().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  model: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  quote: z.object({ baseModel: z.string(), expectedSeconds: z.number().nullable() }),
  release: z.object({
    id: z.uuid(),
    number: z.int(),
    dataset: z.object({ id: z.uuid(), name: z.string() }),
  }),
});
const shown = {
  id: shownIds.run,
  number: 7,
  state: 'training',
  step: 12,
  totalSteps: 58,
  createdAt: '2026-11-26T08:00:00.000Z',
  startedAt: '2026-11-26T08:00:05.000Z',
  finishedAt: null,
  model: null,
  quote: { baseModel: 'smollm2-135m-instruct', expectedSeconds: 320 },
  release: {
    id: shownIds.release,
    number: 3,
    dataset: { id: shownIds.dataset, name: 'Support mail' },
  },
};

export const askQuote = defineOperation({
  id: 'createQuote',
  method: 'POST',
  repeat: { look: 'listRecord' },
  path: '/api/v1/releases/{releaseId}/quotes',
  group,
  scope: 'runs:write',
  input: { params: releaseParams, body: quoteCreateSchema },
  output: z.object({
    id: z.uuid(),
    baseModel: z.string(),
    trainingExamples: z.int(),
    validationExamples: z.int(),
    heldOutExamples: z.int(),
    trainingTokens: z.int(),
    longestTokens: z.int(),
    contextLength: z.int(),
    /** Rows that do not fit the model, and with which no run starts; at most 20 are named. */
    tooLong: z.array(z.object({ number: z.int(), tokens: z.int() })),
    expectedSeconds: z.number().nullable(),
    priceCents: z.int(),
  }),
  status: 201,
  examples: {
    body: { settings: { epochs: 2 } },
    output: {
      id: shownIds.quote,
      baseModel: 'smollm2-135m-instruct',
      trainingExamples: 115,
      validationExamples: 16,
      heldOutExamples: 16,
      trainingTokens: 17_000,
      longestTokens: 180,
      contextLength: 8_192,
      tooLong: [],
      expectedSeconds: 320,
      priceCents: 0,
    },
  },
  handler: ({ viewer, params, body }) => createQuote(viewer, { ...body, ...params }),
});

export const startRun = defineOperation({
  id: 'createRun',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/releases/{releaseId}/runs',
  group,
  scope: 'runs:write',
  input: { params: releaseParams, body: runCreateSchema },
  output: z.object({ id: z.uuid(), number: z.int() }),
  status: 202,
  examples: { body: { quoteId: shownIds.quote }, output: { id: shownIds.run, number: 7 } },
  handler: ({ viewer, params, body, call }) =>
    createRun(viewer, { ...body, ...params, idempotencyKey: call.key }),
});

export const listRuns = defineOperation({
  id: 'listRuns',
  method: 'GET',
  path: '/api/v1/runs',
  group,
  scope: 'runs:read',
  input: { query: z.strictObject({ datasetId: z.uuid().optional(), ...pageQuery }) },
  output: z.object({ runs: z.array(run), next }),
  examples: { output: { runs: [shown], next: null } },
  handler: async ({ viewer, query: { datasetId, ...query } }) => {
    const page = await findRunPage(viewer, { datasetId }, toPageInput(query));
    return { runs: page.rows, next: page.next };
  },
});

const live = run.extend({
  tokensPerSecond: z.number().nullable(),
  errorCode: z.string().nullable(),
  cancelRequestedAt: z.iso.datetime().nullable(),
  /** Runs that this one waits for. */
  before: z.int(),
  /** How far the present phase is, where it counts. */
  phaseDone: z.int().nullable(),
  phaseTotal: z.int().nullable(),
  metrics: z.array(z.object({ kind: z.string(), step: z.int(), loss: z.number() })),
  /** The newest 200 entries of its log, oldest first. */
  events: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      level: z.string(),
      /** What happened, with its values: `trainer.checkpoint`, `{ step: 20 }`. */
      kind: z.string(),
      values: z.record(z.string(), z.unknown()),
    }),
  ),
});

export const readRun = defineOperation({
  id: 'getRun',
  method: 'GET',
  path: '/api/v1/runs/{runId}',
  group,
  scope: 'runs:read',
  input: { params: runParams },
  output: live,
  examples: {
    output: {
      ...shown,
      tokensPerSecond: 72,
      errorCode: null,
      cancelRequestedAt: null,
      before: 0,
      phaseDone: null,
      phaseTotal: null,
      metrics: [{ kind: 'training', step: 12, loss: 1.9 }],
      events: [
        {
          id: '41',
          at: '2026-11-26T08:03:00.000Z',
          level: 'info',
          kind: 'trainer.checkpoint',
          values: { step: 20 },
        },
      ],
    },
  },
  handler: ({ viewer, params }) => getRun(viewer, params.runId),
});

export const followRun = defineOperation({
  id: 'streamRun',
  method: 'GET',
  path: '/api/v1/runs/{runId}/events',
  group,
  scope: 'runs:read',
  input: { params: runParams },
  output: live,
  streams: 'text/event-stream',
  examples: { output: readRun.examples.output },
  handler: async ({ viewer, params, call }) => {
    const { id } = await getRun(viewer, params.runId);
    const read = async () => toOutput(live, await getRun(await call.watch(), id));
    return eventStream(call.request, [`run:${id}`], read);
  },
});

export const stopRun = defineOperation({
  id: 'cancelRun',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/runs/{runId}/cancel',
  group,
  scope: 'runs:write',
  input: { params: runParams },
  output: z.object({ id: z.uuid() }),
  status: 202,
  examples: { output: { id: shownIds.run } },
  handler: async ({ viewer, params }) => {
    await cancelRun(viewer, params.runId);
    return { id: params.runId };
  },
});
