import 'server-only';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { defineJob, JobCancelled } from '@/lib/jobs';
import {
  loadAskedRows,
  loadTrainingExamples,
  loadValidationRows,
  promptMaker,
} from '@/lib/proofs/answer-rows';
import { storeAnswers } from '@/lib/proofs/answer-store';
import { proofFolder } from '@/lib/proofs/proof-files';
import { opponentArms, trainerAnswersSchema } from '@/lib/proofs/proof-schema';
import { getBaseModel, tokenCounter } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { trainerAppError } from '@/lib/training/trainer-failure';
import { runTrainer, TrainerFailure, TrainerStopped } from '@/lib/training/trainer-process';
import { withTrainingPlace } from '@/lib/training/training-lock';

/** Rows that are answered together, as when a run is evaluated. */
const BATCH = 16;

async function loadProof(proofId: string) {
  return db.proof.findUniqueOrThrow({
    where: { id: proofId },
    select: {
      id: true,
      state: true,
      releaseId: true,
      plan: { select: { opponent: true } },
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
  const make = promptMaker({
    training: await loadTrainingExamples(proof.releaseId),
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
  return { base, brief, heldOut, validation };
}

/** Answers the held-out examples of a proof with every arm, once. A killed worker goes on where it was. */
export const proofAnswerJob = defineJob({
  kind: 'proof.answer',
  input: z.object({}),
  async run({ viewer, subjectId: proofId, signal, progress, throwIfCancelled }) {
    let cancelled = false;
    const shouldStop = async () => {
      try {
        await throwIfCancelled();
      } catch (error) {
        if (!(error instanceof JobCancelled)) throw error;
        cancelled = true;
      }
      return signal.aborted || cancelled;
    };
    await progress(0, null, 'waitingForPlace');
    try {
      const outcome = await withTrainingPlace(shouldStop, async () => {
        const proof = await loadProof(proofId);
        if (proof.state !== 'answering') return 'done' as const;
        const settings = runSettingsSchema.parse(proof.model.run.quote.settings);
        const { base, brief, heldOut, validation } = await prepare(proof, settings.maxNewTokens);
        const rows = [...heldOut, ...validation].flatMap((row) => row.rows);
        const folder = proofFolder(proofId);
        const [rowsFile, outFile] = [
          path.join(folder, 'rows.jsonl'),
          path.join(folder, 'out.json'),
        ];
        await mkdir(folder, { recursive: true });
        await writeFile(rowsFile, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, {
          mode: 0o600,
        });
        const tuned = rows.filter((row) => row.model === 'tuned').length;
        const startOf: Record<string, number> = {
          'base:loss': 0,
          'base:answer': rows.length - tuned,
          'tuned:loss': 2 * (rows.length - tuned),
          'tuned:answer': 2 * rows.length - tuned,
        };
        await progress(0, 2 * rows.length, 'answering');
        await runTrainer({
          command: 'answer',
          jobDir: folder,
          config: {
            jobDir: folder,
            baseModel: base.folder,
            adapter: path.join(runFolder(proof.model.runId), 'adapter'),
            rowsFile,
            outFile,
            maxNewTokens: settings.maxNewTokens,
            batchSize: BATCH,
          },
          shouldStop,
          onEvent: async (event) => {
            const start = startOf[String(event.stage)];
            if (event.event !== 'progress' || start === undefined) return;
            await progress(start + Number(event.done), 2 * rows.length, 'answering');
          },
        });
        const answers = trainerAnswersSchema.parse(JSON.parse(await readFile(outFile, 'utf8')));
        const heldOutRows = await db.releaseItem.count({
          where: { releaseId: proof.releaseId, split: 'held_out' },
        });
        await storeAnswers(
          viewer,
          {
            id: proof.id,
            adapterSha256: proof.model.adapterSha256,
            planOpponent: opponentArms.find((arm) => arm === proof.plan.opponent) ?? null,
          },
          { heldOut, heldOutRows, validation, brief, answers },
        );
        await rm(folder, { recursive: true, force: true });
        return 'done' as const;
      });
      if (outcome === 'stopped') throw new TrainerStopped();
      return undefined;
    } catch (error) {
      if (error instanceof TrainerStopped && cancelled) throw new JobCancelled();
      if (error instanceof TrainerFailure) throw trainerAppError(error);
      throw error;
    }
  },
  async onEnd({ subjectId: proofId, viewer, state }) {
    await db.$transaction(async (tx) => {
      const { count } = await tx.proof.updateMany({
        where: { id: proofId, state: 'answering' },
        data: { state },
      });
      if (count === 0 || !viewer) return;
      await recordAudit(tx, viewer, {
        action: state === 'cancelled' ? 'proof.cancelled' : 'proof.failed',
        subjectType: 'proof',
        subjectId: proofId,
      });
    });
  },
});
