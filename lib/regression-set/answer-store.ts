import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import type { Tx } from '@/lib/db';
import { promptText } from '@/lib/examples/content';
import type { Begun } from '@/lib/jobs';
import { releaseRows } from '@/lib/releases/release-rows';
import type { TrainerAnswers } from '@/lib/training/trainer-schema';
import type { Prisma } from '@/prisma/generated/client';
import type { RegressionArm } from './comparison-rules';
import { loadCanaries } from './item-queries';
import { copiedFinder, type JudgeContext, judge } from './regression-rules';
import type { RegressionItem } from './regression-schema';

const PAGE = 500;

export type AskedItem = { item: RegressionItem; arms: readonly RegressionArm[] };
export type AskedModel = { id: string; workspaceId: string; releaseId: string };

/** PostgreSQL takes no NUL in a text. */
const clean = (text: string) => text.replaceAll('\u0000', '\ufffd').trim();

/** The id under which the trainer is asked. */
export const rowId = (itemId: string, arm: RegressionArm) => `${itemId}:${arm}`;

/**
 * What answers must not repeat: of the release's training examples the prompts that one of the
 * answers could be a copy of, and the secrets of canaries that stand in them. Read page by page.
 */
async function loadContext(
  { releaseId, workspaceId }: AskedModel,
  answers: readonly string[],
): Promise<JudgeContext> {
  const canaries = await loadCanaries(workspaceId);
  const isCopied = copiedFinder(answers);
  const trainingPrompts: string[] = [];
  const secrets = new Set<string>();
  for await (const { content } of releaseRows(releaseId, 'training')) {
    const prompt = promptText(content);
    if (isCopied(prompt)) trainingPrompts.push(prompt);
    for (const { secret } of canaries)
      if (`${prompt}\n${content.reply}`.includes(secret)) secrets.add(secret);
  }
  return { trainingPrompts, secrets: [...secrets] };
}

/** Judges what the trainer answered, in the form in which it is stored. */
export async function judgeAnswers(
  model: AskedModel,
  asked: readonly AskedItem[],
  answers: TrainerAnswers,
): Promise<Prisma.RegressionAnswerCreateManyInput[]> {
  const byId = new Map(answers.rows.map((row) => [row.id, row]));
  const texts = asked.flatMap(({ item, arms }) =>
    item.kind === 'leak' ? arms.map((arm) => byId.get(rowId(item.id, arm))?.answer ?? '') : [],
  );
  const context = await loadContext(model, texts);
  return asked.flatMap(({ item, arms }) =>
    arms.map((arm) => {
      const row = byId.get(rowId(item.id, arm));
      const text = clean(row?.answer ?? '');
      const key = { workspaceId: model.workspaceId, modelId: model.id, itemId: item.id, arm };
      return typeof row?.answer === 'string'
        ? {
            ...key,
            kind: item.kind,
            text,
            cutOff: row.finished === false,
            ...judge(item, text, context),
          }
        : { ...key, kind: item.kind, text, error: row?.errors[0] ?? 'not answered' };
    }),
  );
}

/** Stores judged answers once: what is there already stays as it is. */
export async function storeJudged(
  tx: Tx,
  begun: Begun,
  model: AskedModel,
  rows: readonly Prisma.RegressionAnswerCreateManyInput[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE)
    await tx.regressionAnswer.createMany({
      data: rows.slice(from, from + PAGE),
      skipDuplicates: true,
    });
  await recordAudit(
    tx,
    { userId: begun.userId, workspaceId: begun.workspaceId, via: begun.via ?? 'session' },
    {
      action: 'regression.answered',
      subjectType: 'model',
      subjectId: model.id,
      data: { answers: rows.length, failed: rows.filter((row) => row.error).length },
    },
  );
}
