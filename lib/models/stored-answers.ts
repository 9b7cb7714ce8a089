import type { CheckFinding } from '@/lib/checks/check-content';
import type { ScoredRow } from '@/lib/models/evaluation-rules';
import type { TrainerArm, TrainerSummary } from '@/lib/training/trainer-schema';
import type { Prisma } from '@/prisma/generated/client';

/** An answer of a model that is still to be made. */
export type StoredAnswer = Omit<Prisma.AnswerCreateManyInput, 'modelId'>;

/** What is stored of one model's answer to one example; PostgreSQL takes no NUL in a text. */
export function storedAnswer(
  row: { exampleId: string; replyKnown: boolean; arm: 'base' | 'tuned' },
  item: TrainerArm | undefined,
  findings: readonly CheckFinding[] | null,
): StoredAnswer {
  return {
    ...row,
    text: (item?.answer ?? '').replaceAll('\u0000', '\ufffd'),
    tokens: item?.tokens ?? 0,
    seconds: item?.seconds ?? 0,
    loss: item?.loss ?? null,
    cutOff: item?.finished === false,
    error: item?.errors[0] ?? null,
    findings: (findings ?? []) as unknown as Prisma.InputJsonValue,
  };
}

/** Both models' answers to the held-out rows. */
export function heldOutAnswers(
  rows: readonly ScoredRow[],
  summary: TrainerSummary,
): StoredAnswer[] {
  const byId = new Map(summary.rows.map((row) => [row.id, row]));
  return rows.flatMap(({ exampleId, replyKnown, ...scored }) =>
    (['base', 'tuned'] as const).map((arm) =>
      storedAnswer(
        { exampleId, replyKnown, arm },
        byId.get(exampleId)?.[arm],
        scored[arm].findings,
      ),
    ),
  );
}
