'use server';

import { z } from 'zod';
import { authedAction } from '@/lib/action';
import { castVote, takeBallot, undoVote } from '@/lib/proofs/ballot-mutations';
import { openModelAnswers, openProofAnswers } from '@/lib/proofs/look-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { closeProof, createProof } from '@/lib/proofs/proof-mutations';
import { planCreateSchema, voteSchema } from '@/lib/proofs/proof-schema';

const proofSchema = z.object({ proofId: z.uuid() });

export const createPlanAction = authedAction(planCreateSchema, async ({ viewer, input }) =>
  createPlan(viewer, input),
);

export const createProofAction = authedAction(
  z.object({ modelId: z.uuid(), planId: z.uuid() }),
  async ({ viewer, input }) => createProof(viewer, input),
);

export const closeProofAction = authedAction(proofSchema, async ({ viewer, input }) =>
  closeProof(viewer, input.proofId),
);

export const takeBallotAction = authedAction(proofSchema, async ({ viewer, input }) =>
  takeBallot(viewer, input.proofId),
);

export const castVoteAction = authedAction(voteSchema, async ({ viewer, input }) =>
  castVote(viewer, input),
);

export const undoVoteAction = authedAction(proofSchema, async ({ viewer, input }) =>
  undoVote(viewer, input.proofId),
);

/** Opens a proof's answers with their names; ends this person's voting, once they were told so. */
export const openProofAnswersAction = authedAction(
  proofSchema.extend({ endVoting: z.boolean() }),
  async ({ viewer, input }) => openProofAnswers(viewer, input),
);

/** A page of a model's held-out answers; that this person saw them is recorded. */
export const openModelAnswersAction = authedAction(
  z.object({
    modelId: z.uuid(),
    known: z.boolean(),
    from: z.int().min(0).max(1_000_000),
    endVoting: z.boolean().default(false),
  }),
  async ({ viewer, input }) => openModelAnswers(viewer, input),
);
