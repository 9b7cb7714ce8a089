'use server';

import { refresh } from 'next/cache';
import { authedAction } from '@/lib/action';
import { decideAnswer } from './decision-mutations';
import { addCanary, addRegressionItem, retireRegressionItem } from './item-mutations';
import { askRegressionSet } from './regression-mutations';
import {
  decideAnswerSchema,
  ownCanarySchema,
  ownItemSchema,
  regressionItemIdSchema,
  regressionModelSchema,
} from './regression-schema';

export const addRegressionItemAction = authedAction(ownItemSchema, async ({ viewer, input }) => {
  const item = await addRegressionItem(viewer, input);
  refresh();
  return item;
});

export const addCanaryAction = authedAction(ownCanarySchema, async ({ viewer, input }) => {
  const canary = await addCanary(viewer, input);
  refresh();
  return canary;
});

export const retireRegressionItemAction = authedAction(
  regressionItemIdSchema,
  async ({ viewer, input }) => {
    await retireRegressionItem(viewer, input.itemId);
    refresh();
    return {};
  },
);

export const askRegressionSetAction = authedAction(
  regressionModelSchema,
  async ({ viewer, input }) => {
    const begun = await askRegressionSet(viewer, input.modelId);
    refresh();
    return begun;
  },
);

export const decideAnswerAction = authedAction(decideAnswerSchema, async ({ viewer, input }) => {
  await decideAnswer(viewer, input);
  refresh();
  return {};
});
