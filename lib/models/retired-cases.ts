import 'server-only';
import path from 'node:path';
import { checkContent } from '@/lib/checks/check-content';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db, type Tx } from '@/lib/db';
import { type Content, contentSchema } from '@/lib/examples/content';
import { type StoredAnswer, storedAnswer } from '@/lib/models/stored-answers';
import type { BaseModel } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import type { RunToTrain } from '@/lib/training/run-jobs';
import { runSettingsSchema } from '@/lib/training/run-schema';
import { answerRows } from '@/lib/training/trainer-answers';
import { exampleRow } from '@/lib/training/trainer-schema';
import type { ShouldStop } from '@/lib/training/training-place';

export type RetiredCase = { exampleId: string; content: Content };

/**
 * Cases that were marked as wrong for an earlier model and retired once a proof had shown them:
 * each as the newest marked model was asked it, for the two answers are compared.
 */
export async function loadRetiredCases(
  releaseId: string,
  tx: Tx | typeof db = db,
): Promise<RetiredCase[]> {
  const rows = await tx.$queryRaw<{ exampleId: string; content: unknown }[]>`
    SELECT DISTINCT ON (x."exampleId") x."exampleId", r."content"
    FROM "ReleaseExclusion" x JOIN "WrongAnswer" w ON w."exampleId" = x."exampleId"
    JOIN "Model" m ON m."id" = w."modelId" JOIN "Run" run ON run."id" = m."runId"
    JOIN "ReleaseItem" i ON i."releaseId" = run."releaseId" AND i."exampleId" = x."exampleId"
    JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE x."releaseId" = ${releaseId}::uuid AND x."reason" = 'seen_in_proof'
    ORDER BY x."exampleId", m."createdAt" DESC, m."id" DESC`;
  return rows.map(({ exampleId, content }) => ({
    exampleId,
    content: contentSchema.parse(content),
  }));
}

/**
 * Asks the tuned model what retired, greedily and with the limits of its evaluation. The answers
 * stand in no figure: they only say whether what was marked is right now. Safe to repeat.
 */
export async function answerRetiredCases(asked: {
  run: RunToTrain;
  base: BaseModel;
  cases: readonly RetiredCase[];
  shouldStop: ShouldStop;
  onProgress: (done: number) => Promise<void>;
}): Promise<StoredAnswer[]> {
  const { run, cases } = asked;
  if (cases.length === 0) return [];
  const { systemPrompt, slots, rules } = run.release.brief;
  const brief = { rules: houseRulesSchema.parse(rules), slots };
  const { rows } = await answerRows({
    folder: path.join(runFolder(run.id), 'asked-again'),
    base: asked.base,
    runId: run.id,
    rows: cases.map(({ exampleId, content }) =>
      exampleRow({ id: exampleId, model: 'tuned' }, content, systemPrompt),
    ),
    maxNewTokens: runSettingsSchema.parse(run.quote.settings).maxNewTokens,
    replySchema: null,
    shouldStop: asked.shouldStop,
    onProgress: asked.onProgress,
  });
  return rows.map((row) =>
    storedAnswer(
      { exampleId: row.id, replyKnown: false, arm: 'tuned' },
      row,
      row.answer === null ? null : checkContent(brief, { reply: row.answer }),
    ),
  );
}
