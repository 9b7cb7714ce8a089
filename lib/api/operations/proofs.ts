import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { releaseParams } from '@/lib/api/operations/releases';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { next, pageQuery, toPageInput } from '@/lib/api/page-query';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import { findProofPage, getProof } from '@/lib/proofs/proof-queries';
import {
  opponentArms,
  planCreateSchema,
  proofArms,
  proofMeasures,
} from '@/lib/proofs/proof-schema';
import { downloadReport } from '@/lib/proofs/report-download';
import { getResult } from '@/lib/proofs/result-queries';
import { cannotReasons, pairStands, verdicts } from '@/lib/proofs/statistics/verdict';

const group = 'proofs';
const proofParams = z.strictObject({ proofId: z.uuid() });
const proof = z.object({
  id: z.uuid(),
  state: z.enum(['answering', 'open', 'closed', 'failed', 'cancelled']),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  plan: z.object({
    id: z.uuid(),
    measure: z.enum(proofMeasures),
    barOf100: z.int(),
    marginOf100: z.int(),
    votesPerPrompt: z.int(),
    /** SHA-256 of the plan, made before the first answer. */
    commitment: z.string(),
  }),
  model: z.object({ id: z.uuid(), name: z.string() }),
});
const commitment = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const shown = {
  id: shownIds.proof,
  state: 'open',
  createdAt: '2026-11-26T08:00:00.000Z',
  closedAt: null,
  plan: {
    id: shownIds.plan,
    measure: 'blind_votes',
    barOf100: 60,
    marginOf100: 10,
    votesPerPrompt: 1,
    commitment,
  },
  model: { id: shownIds.model, name: 'Support mail 3' },
};

export const listProofs = defineOperation({
  id: 'listProofs',
  method: 'GET',
  path: '/api/v1/proofs',
  group,
  scope: 'proofs:read',
  input: { query: z.strictObject(pageQuery) },
  output: z.object({ proofs: z.array(proof), next }),
  examples: { output: { proofs: [shown], next: null } },
  handler: async ({ viewer, query }) => {
    const page = await findProofPage(viewer, toPageInput(query));
    return { proofs: page.rows, next: page.next };
  },
});

export const readProof = defineOperation({
  id: 'getProof',
  method: 'GET',
  path: '/api/v1/proofs/{proofId}',
  group,
  scope: 'proofs:read',
  input: { params: proofParams },
  output: proof,
  examples: { output: shown },
  handler: ({ viewer, params }) => getProof(viewer, params.proofId),
});

/** What stands behind the counts of an arm. */
const measureDetail = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('values'),
    right: z.int(),
    wrong: z.int(),
    missed: z.int(),
    invented: z.int(),
    /** Of the right ones: rightly left empty. */
    empty: z.int(),
    /** Values that were written, and how many of them stand in the prompt. */
    answered: z.int(),
    inSource: z.int(),
  }),
  /** Values under names that no ideal reply and no training reply has. */
  z.object({ kind: z.literal('unasked'), values: z.int() }),
  /** Words of the longest run in any answer that also stands in one training reply. */
  z.object({ kind: z.literal('copies'), longestRun: z.int() }),
  z.object({
    kind: z.literal('length'),
    medianWords: z.number(),
    /** Answers shorter than half, or longer than twice, their ideal reply. */
    muchShorter: z.int(),
    muchLonger: z.int(),
  }),
  /** Slots, over all replies: missing, too many, not declared, and not closed. */
  z.object({
    kind: z.literal('slots'),
    dropped: z.int(),
    added: z.int(),
    invented: z.int(),
    halfOpen: z.int(),
  }),
]);
const interval = { lower: z.number(), upper: z.number(), mean: z.number().nullable() };
const part = z.object({
  part: z.enum(['fresh', 'known']),
  verdict: z.object({
    verdict: z.enum(verdicts),
    /** Why it cannot be proven; `without_tuned`: the plan compares two others. */
    reason: z.enum(cannotReasons).optional(),
    /** How those two do. */
    stand: z.enum(pairStands).optional(),
  }),
  rows: z.int(),
  groups: z.int(),
  /** Rows without both answers. */
  failed: z.int(),
  /** Counted are groups; their rows are more where a group has several. */
  quality: z.object({ ...interval, counted: z.int(), rows: z.int() }),
  comparisons: z.array(
    z.object({
      against: z.enum(opponentArms),
      interval: z.object({ lower: z.number(), upper: z.number() }),
      mean: z.number().nullable(),
      counted: z.int(),
    }),
  ),
  measures: z.array(
    z.object({
      key: z.string(),
      counts: z.record(z.string(), z.object({ good: z.int(), of: z.int() }).nullable()),
      /** How low and how high the counts could be elsewhere, of 100. */
      couldBe: z.record(z.string(), z.object({ atLeast: z.int(), atMost: z.int() }).nullable()),
      details: z.record(z.string(), measureDetail.nullable()),
    }),
  ),
});
const between = { lower: 0.52, upper: 0.8, mean: 0.7, counted: 30 };

export const readResult = defineOperation({
  id: 'getProofResult',
  method: 'GET',
  path: '/api/v1/proofs/{proofId}/result',
  group,
  scope: 'proofs:read',
  input: { params: proofParams },
  output: z.object({
    votes: z.int(),
    voters: z.int(),
    /** What the votes said of the candidate's answer. */
    shares: z.object({ win: z.int(), tie: z.int(), both_bad: z.int(), loss: z.int() }),
    erased: z.int(),
    /** Voters told the models apart: style gave it away. */
    guessing: z.object({ guesses: z.int(), gaveItAway: z.boolean() }),
    /** Whose answers are compared, and with whose. */
    pair: z.object({ candidate: z.enum(proofArms), opponent: z.enum(opponentArms) }),
    parts: z.array(part),
  }),
  examples: {
    output: {
      votes: 30,
      voters: 2,
      shares: { win: 19, tie: 4, both_bad: 2, loss: 5 },
      erased: 0,
      guessing: { guesses: 3, gaveItAway: false },
      pair: { candidate: 'tuned', opponent: 'base' },
      parts: [
        {
          part: 'fresh',
          verdict: { verdict: 'better_and_good_enough' },
          rows: 30,
          groups: 30,
          failed: 0,
          quality: { ...between, rows: 30 },
          comparisons: [
            {
              against: 'base',
              interval: { lower: 0.52, upper: 0.8 },
              mean: 0.7,
              counted: 30,
            },
          ],
          measures: [
            {
              key: 'field:total',
              counts: { tuned: { good: 28, of: 30 }, human: null },
              couldBe: { tuned: { atLeast: 77, atMost: 100 }, human: null },
              details: {
                tuned: {
                  kind: 'values',
                  right: 28,
                  wrong: 1,
                  missed: 1,
                  invented: 0,
                  empty: 0,
                  answered: 29,
                  inSource: 28,
                },
                human: null,
              },
            },
          ],
        },
      ],
    },
  },
  handler: ({ viewer, params }) => getResult(viewer, params.proofId),
});

export const readReport = defineOperation({
  id: 'getProofReport',
  method: 'GET',
  path: '/api/v1/proofs/{proofId}/report',
  group,
  scope: 'proofs:read',
  input: { params: proofParams },
  output: z.string(),
  streams: 'application/jsonl',
  examples: { output: '' },
  handler: async ({ viewer, params }) =>
    new Response(await downloadReport(viewer, params.proofId), {
      headers: { 'Content-Type': 'application/jsonl' },
    }),
});

export const makePlan = defineOperation({
  id: 'createProofPlan',
  method: 'POST',
  repeat: { look: 'listRecord' },
  path: '/api/v1/releases/{releaseId}/proof-plans',
  group,
  scope: 'proofs:write',
  input: { params: releaseParams, body: planCreateSchema.omit({ releaseId: true }).strict() },
  output: z.object({ id: z.uuid(), commitment: z.string() }),
  status: 201,
  examples: {
    body: {
      measure: 'blind_votes',
      barOf100: 60,
      marginOf100: 10,
      votesPerPrompt: 1,
      candidate: 'tuned',
      opponent: null,
    },
    output: { id: shownIds.plan, commitment },
  },
  handler: ({ viewer, params, body }) => createPlan(viewer, { ...body, ...params }),
});

export const makeProof = defineOperation({
  id: 'createProof',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/models/{modelId}/proofs',
  group,
  scope: 'proofs:write',
  input: {
    params: z.strictObject({ modelId: z.uuid() }),
    body: z.strictObject({ planId: z.uuid() }),
  },
  output: z.object({ id: z.uuid(), jobId: z.uuid().nullable() }),
  status: 202,
  examples: {
    body: { planId: shownIds.plan },
    output: { id: shownIds.proof, jobId: shownIds.job },
  },
  handler: ({ viewer, params, body }) => createProof(viewer, { ...body, ...params }),
});

export const endProof = defineOperation({
  id: 'closeProof',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/proofs/{proofId}/close',
  group,
  scope: 'proofs:write',
  input: { params: proofParams },
  output: z.object({ id: z.uuid() }),
  examples: { output: { id: shownIds.proof } },
  handler: async ({ viewer, params }) => {
    await closeProof(viewer, params.proofId);
    return { id: params.proofId };
  },
});
