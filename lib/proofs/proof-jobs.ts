import 'server-only';
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { defineJob } from '@/lib/jobs';
import {
  loadAskedRows,
  loadTrainingExamples,
  loadValidationRows,
  promptMaker,
} from '@/lib/proofs/answer-rows';
import { storeAnswers } from '@/lib/proofs/answer-store';
import { proofFolder } from '@/lib/proofs/proof-files';
import { opponentArms } from '@/lib/proofs/proof-schema';
import { replySchema } from '@/lib/proofs/reply-schema';
import { getBaseModel, tokenCounter } from '@/lib/training/base-models';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { answerRows } from '@/lib/training/trainer-answers';
import { atTrainingPlace } from '@/lib/training/training-place';

async function loadProof(proofId: string) {
  return db.proof.findUniqueOrThrow({
    where: { id: proofId },
    select: {
      id: true,
      state: true,
      commitment: true,
      sideSecret: true,
      releaseId: true,
      plan: { select: { measure: true, candidate: true, opponent: true } },
      model: {
        select: {
          runId: true,
          baseModel: true,
          adapterSha256: true,
          run: {
            select: {
              quote: { select: { settings: true } },
              release: {
                select: {
                  brief: {
                    select: { systemPrompt: true, guidelines: true, rules: true, slots: true },
                  },
                },
              },
            },
          },
        },
      },
    },
  });
}

type ProofToAnswer = Awaited<ReturnType<typeof loadProof>>;

/** The prompts of all arms, on the proof's rows and on the validation rows. */
async function prepare(proof: ProofToAnswer, maxNewTokens: number) {
  const base = await getBaseModel(proof.model.baseModel);
  const { brief } = proof.model.run.release;
  const training = await loadTrainingExamples(proof.releaseId);
  const make = promptMaker({
    training,
    brief,
    countTokens: await tokenCounter(base),
    // The template's opening of the answer is not counted; a few tokens are left for it.
    limit: base.contextLength - maxNewTokens - 16,
  });
  const heldOut = (await loadAskedRows(proof.id)).map((row) =>
    make(row, ['base', 'base_examples', 'tuned']),
  );
  const validation = (await loadValidationRows(proof.releaseId)).map((row) =>
    make(row, ['base', 'base_examples']),
  );
  const schema = replySchema(training.map(({ content }) => content.reply));
  return { base, brief, heldOut, validation, schema };
}

/** Answers the held-out examples of a proof with every arm, once. A killed worker goes on where it was. */
export const proofAnswerJob = defineJob({
  kind: 'proof.answer',
  input: z.object({}),
  async run({ viewer, subjectId: proofId, ...job }) {
    await atTrainingPlace(job, async (shouldStop) => {
      const proof = await loadProof(proofId);
      if (proof.state !== 'answering') return;
      const { maxNewTokens } = runSettingsSchema.parse(proof.model.run.quote.settings);
      const { base, brief, heldOut, validation, schema } = await prepare(proof, maxNewTokens);
      const folder = proofFolder(proofId);
      const answers = await answerRows({
        folder,
        base,
        runId: proof.model.runId,
        rows: [...heldOut, ...validation].flatMap((row) => row.rows),
        maxNewTokens,
        replySchema: schema,
        shouldStop,
        onProgress: (done, total) => job.progress(done, total, 'answering'),
      });
      const heldOutRows = await db.releaseItem.count({
        where: { releaseId: proof.releaseId, split: 'held_out' },
      });
      await storeAnswers(
        viewer,
        {
          id: proof.id,
          commitment: proof.commitment,
          sideSecret: proof.sideSecret,
          adapterSha256: proof.model.adapterSha256,
          measure: proof.plan.measure,
          planCandidate: proof.plan.candidate,
          planOpponent: opponentArms.find((arm) => arm === proof.plan.opponent) ?? null,
        },
        { heldOut, heldOutRows, validation, brief, answers },
      );
      await rm(folder, { recursive: true, force: true });
    });
    return undefined;
  },
  async onEnd({ subjectId: proofId, begun, state }) {
    await db.$transaction(async (tx) => {
      const { count } = await tx.proof.updateMany({
        where: { id: proofId, state: 'answering' },
        data: { state },
      });
      if (count === 0) return;
      await recordAudit(tx, begun, {
        action: state === 'cancelled' ? 'proof.cancelled' : 'proof.failed',
        subjectType: 'proof',
        subjectId: proofId,
      });
    });
  },
});
