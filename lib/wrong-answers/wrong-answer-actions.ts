'use server';

import { authedAction } from '@/lib/action';
import { judgeAskedAgain, openAskedAgain } from '@/lib/wrong-answers/asked-again-mutations';
import {
  markAnswer,
  openMarkedAnswer,
  unmarkAnswer,
} from '@/lib/wrong-answers/wrong-answer-mutations';
import {
  answerRefSchema,
  judgeSchema,
  markSchema,
  openAskedAgainSchema,
  openMarkedSchema,
} from '@/lib/wrong-answers/wrong-answer-schema';

export const markAnswerAction = authedAction(markSchema, ({ viewer, input }) =>
  markAnswer(viewer, input),
);
export const unmarkAnswerAction = authedAction(answerRefSchema, ({ viewer, input }) =>
  unmarkAnswer(viewer, input),
);

/** Opens a marked answer; that this person saw it is recorded. */
export const openMarkedAnswerAction = authedAction(openMarkedSchema, ({ viewer, input }) =>
  openMarkedAnswer(viewer, input),
);

/** Opens the answers to cases that were marked before; that this person saw them is recorded. */
export const openAskedAgainAction = authedAction(openAskedAgainSchema, ({ viewer, input }) =>
  openAskedAgain(viewer, input),
);
export const judgeAskedAgainAction = authedAction(judgeSchema, ({ viewer, input }) =>
  judgeAskedAgain(viewer, input),
);
