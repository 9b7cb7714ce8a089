'use server';

import { authedAction } from '@/lib/action';
import { askModel } from '@/lib/models/model-mutations';
import { askSchema } from '@/lib/models/model-schema';

export const askModelAction = authedAction(askSchema, async ({ viewer, input }) =>
  askModel(viewer, input),
);
