import { db } from '@/lib/db';

/** An answer to the regression set that its words do not decide. */
export async function createUnclearAnswer(workspaceId: string, modelId: string) {
  const itemId = 'decline-01';
  await db.regressionAnswer.create({
    data: {
      workspaceId,
      modelId,
      itemId,
      arm: 'tuned',
      kind: 'decline',
      text: 'Thank you for writing to us.',
      outcome: 'unclear',
      reason: 'neither_declined_nor_helped',
    },
  });
  return { modelId, itemId };
}
