'use server';

import { z } from 'zod';
import { authedAction } from '@/lib/action';
import { askModel, recordHeldOutView } from '@/lib/models/model-mutations';
import { findAnswers } from '@/lib/models/model-queries';
import { askSchema } from '@/lib/models/model-schema';

export const askModelAction = authedAction(askSchema, async ({ viewer, input }) =>
  askModel(viewer, input),
);

/** A page of held-out answers; that this person saw them is recorded. */
export const findAnswersAction = authedAction(
  z.object({ modelId: z.uuid(), known: z.boolean(), from: z.int().min(0).max(1_000_000) }),
  async ({ viewer, input }) => {
    const answers = await findAnswers(viewer, input);
    await recordHeldOutView(viewer, {
      modelId: input.modelId,
      exampleIds: answers.map((answer) => answer.exampleId),
    });
    return answers;
  },
);
