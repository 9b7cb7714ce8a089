import 'server-only';
import type { z } from 'zod';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { releaseRows } from '@/lib/releases/release-rows';
import type { Viewer } from '@/lib/session';
import { getBaseModel, type TokenCounter, tokenCounter } from '@/lib/training/base-models';
import { expectedSeconds } from '@/lib/training/expected-time';
import { findMeasuredSpeed } from '@/lib/training/measured-speed';
import {
  proposeAnswerTokens,
  proposeEpochs,
  totalSteps,
  validationPasses,
} from '@/lib/training/run-rules';
import type { quoteCreateSchema, RunSettings } from '@/lib/training/run-schema';

const _PAGE = 1_000;
const QUOTE_HOURS = 24;
const MAX_LISTED = 200;

/** `longestReply` by its characters: close enough to find the one whose tokens are counted. */
type Count = { rows: number; tokens: number; longest: number; longestReply: string };
type TooLong = { exampleId: string; number: number; tokens: number };

async function countSplit(
  input: {
    releaseId: string;
    split: 'training' | 'validation' | 'held_out';
    systemPrompt: string;
    limit: number;
  },
  count: TokenCounter,
  tooLong: TooLong[],
): Promise<Count> {
  const total: Count = { rows: 0, tokens: 0, longest: 0, longestReply: '' };
  for await (const { exampleId, number, content } of releaseRows(input.releaseId, input.split)) {
    const tokens = count([
      { role: 'system', content: content.system ?? input.systemPrompt },
      ...content.messages,
      { role: 'assistant', content: content.reply },
    ]);
    total.rows += 1;
    total.tokens += tokens;
    total.longest = Math.max(total.longest, tokens);
    if (content.reply.length > total.longestReply.length) total.longestReply = content.reply;
    if (tokens > input.limit) tooLong.push({ exampleId, number, tokens });
  }
  return total;
}

/** Tokens of a reply alone: what it adds to a conversation. */
const replyTokens = (count: TokenCounter, system: string, reply: string): number => {
  const before = { role: 'system', content: system } as const;
  return count([before, { role: 'assistant', content: reply }]) - count([before]);
};

/**
 * What a run of this release would take: examples, tokens by the base model's own tokenizer,
 * expected seconds from the speed measured on this machine, price 0. Rows that do not fit the
 * model block the run and are listed. The quote is good for a day.
 */
export async function createQuote(
  viewer: Viewer,
  input: { releaseId: string } & z.infer<typeof quoteCreateSchema>,
) {
  assertCan(viewer, 'run:create');
  const release = await db.release.findFirst({
    where: { id: input.releaseId, workspaceId: viewer.workspaceId },
    select: { id: true, state: true, brief: { select: { systemPrompt: true } } },
  });
  if (!release) throw new AppError('NOT_FOUND');
  if (release.state !== 'frozen') throw new AppError('CONFLICT', 'training.errors.notFrozen');
  const model = await getBaseModel(input.baseModel);
  const count = await tokenCounter(model);
  const tooLong: TooLong[] = [];
  const common = {
    releaseId: release.id,
    systemPrompt: release.brief.systemPrompt,
    limit: model.contextLength,
  };
  const training = await countSplit({ ...common, split: 'training' }, count, tooLong);
  const validation = await countSplit({ ...common, split: 'validation' }, count, tooLong);
  const heldOut = await countSplit({ ...common, split: 'held_out' }, count, tooLong);
  if (training.rows === 0) throw new AppError('INVALID', 'training.errors.nothingToTrain');
  const settings: RunSettings = {
    ...input.settings,
    epochs: input.settings.epochs ?? proposeEpochs(training.rows),
    maxNewTokens:
      input.settings.maxNewTokens ??
      proposeAnswerTokens(replyTokens(count, common.systemPrompt, training.longestReply)),
  };
  const steps = totalSteps({ ...settings, examples: training.rows });

  const speed = await findMeasuredSpeed(model.id);
  const seconds = expectedSeconds({
    trainingTokens: training.tokens,
    validationTokens: validation.tokens,
    epochs: settings.epochs,
    validationPasses: validationPasses(steps),
    heldOutRows: heldOut.rows,
    maxNewTokens: settings.maxNewTokens,
    tokensPerSecond: speed?.tokensPerSecond ?? null,
  });
  return db.$transaction(async (tx) => {
    const quote = await tx.quote.create({
      data: {
        workspaceId: viewer.workspaceId,
        releaseId: release.id,
        target: 'local',
        baseModel: model.id,
        settings,
        trainingExamples: training.rows,
        validationExamples: validation.rows,
        trainingTokens: training.tokens,
        longestTokens: Math.max(training.longest, validation.longest),
        tooLong: tooLong.slice(0, MAX_LISTED),
        expectedSeconds: seconds,
        priceCents: 0,
        createdById: viewer.userId,
        expiresAt: new Date(Date.now() + QUOTE_HOURS * 3_600_000),
      },
    });
    await recordAudit(tx, viewer, {
      action: 'quote.created',
      subjectType: 'quote',
      subjectId: quote.id,
      data: { releaseId: release.id, tokens: training.tokens, seconds, priceCents: 0 },
    });
    return {
      id: quote.id,
      baseModel: quote.baseModel,
      trainingExamples: training.rows,
      validationExamples: validation.rows,
      heldOutExamples: heldOut.rows,
      trainingTokens: training.tokens,
      longestTokens: quote.longestTokens,
      contextLength: model.contextLength,
      tooLong: tooLong.slice(0, MAX_LISTED),
      expectedSeconds: seconds,
      speed,
      priceCents: 0,
      settings,
    };
  });
}

export type QuoteView = Awaited<ReturnType<typeof createQuote>>;
