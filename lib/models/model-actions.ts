'use server';

import { refresh } from 'next/cache';
import { authedAction } from '@/lib/action';
import { askModel } from '@/lib/models/model-mutations';
import { askSchema, modelIdSchema, putInUseSchema } from '@/lib/models/model-schema';
import { putInUse, takeOutOfUse } from '@/lib/models/use-mutations';

export const askModelAction = authedAction(askSchema, async ({ viewer, input }) =>
  askModel(viewer, input),
);

export const putInUseAction = authedAction(putInUseSchema, async ({ viewer, input }) => {
  await putInUse(viewer, input);
  refresh();
  return {};
});

export const takeOutOfUseAction = authedAction(modelIdSchema, async ({ viewer, input }) => {
  await takeOutOfUse(viewer, input.modelId);
  refresh();
  return {};
});
