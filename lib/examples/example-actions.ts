'use server';

import { authedAction } from '@/lib/action';
import { bulkMove, undoBulk } from '@/lib/examples/bulk-mutations';
import * as moves from '@/lib/examples/example-moves';
import * as mutations from '@/lib/examples/example-mutations';
import {
  bulkMoveSchema,
  bulkUndoSchema,
  dismissSchema,
  exampleCreateSchema,
  exampleIdSchema,
  exampleMoveSchema,
  reopenSchema,
  restoreSchema,
  tagsSetSchema,
  topicSetSchema,
} from '@/lib/examples/example-schema';
import * as findings from '@/lib/examples/finding-mutations';
import { discardWorkingCopy } from '@/lib/examples/working-copy-mutations';

export const createExampleAction = authedAction(exampleCreateSchema, ({ viewer, input }) =>
  mutations.createExample(viewer, input),
);
export const duplicateExampleAction = authedAction(exampleIdSchema, ({ viewer, input }) =>
  mutations.duplicateExample(viewer, input),
);
export const restoreRevisionAction = authedAction(restoreSchema, ({ viewer, input }) =>
  mutations.restoreRevision(viewer, input),
);
export const setTopicAction = authedAction(topicSetSchema, ({ viewer, input }) =>
  mutations.setTopic(viewer, input),
);
export const setTagsAction = authedAction(tagsSetSchema, ({ viewer, input }) =>
  mutations.setTags(viewer, input),
);

export const submitAction = authedAction(exampleMoveSchema, ({ viewer, input }) =>
  moves.submit(viewer, input),
);
export const takeBackAction = authedAction(exampleMoveSchema, ({ viewer, input }) =>
  moves.takeBack(viewer, input),
);
export const retireAction = authedAction(exampleMoveSchema, ({ viewer, input }) =>
  moves.retire(viewer, input),
);
export const unretireAction = authedAction(exampleMoveSchema, ({ viewer, input }) =>
  moves.unretire(viewer, input),
);

export const dismissFindingAction = authedAction(dismissSchema, ({ viewer, input }) =>
  findings.dismissFinding(viewer, input),
);
export const reopenFindingAction = authedAction(reopenSchema, ({ viewer, input }) =>
  findings.reopenFinding(viewer, input),
);
export const discardWorkingCopyAction = authedAction(exampleIdSchema, ({ viewer, input }) =>
  discardWorkingCopy(viewer, input),
);

export const bulkMoveAction = authedAction(bulkMoveSchema, ({ viewer, input }) =>
  bulkMove(viewer, input),
);
export const undoBulkAction = authedAction(bulkUndoSchema, ({ viewer, input }) =>
  undoBulk(viewer, input),
);
