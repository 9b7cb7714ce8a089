// What tests build on the way from a release to a model.
import { db } from '@/lib/db';
import { runSettingsSchema } from '@/lib/training/run-schema';
import type { Prisma } from '@/prisma/generated/client';

/** A quote of a release that is good for an hour, with made-up figures. */
export const createQuote = (
  owner: { workspaceId: string; userId: string },
  releaseId: string,
  over: Partial<Prisma.QuoteUncheckedCreateInput> = {},
): Promise<{ id: string }> =>
  db.quote.create({
    data: {
      workspaceId: owner.workspaceId,
      releaseId,
      target: 'local',
      baseModel: 'small',
      settings: runSettingsSchema.parse({}),
      trainingExamples: 1,
      validationExamples: 1,
      trainingTokens: 1,
      longestTokens: 1,
      tooLong: [],
      expectedSeconds: 1,
      createdById: owner.userId,
      expiresAt: new Date(Date.now() + 3_600_000),
      ...over,
    },
    select: { id: true },
  });
