'use server';

import { authedAction } from '@/lib/action';
import {
  archiveDataset,
  createDataset,
  renameDataset,
  setTokenDecisions,
} from '@/lib/datasets/dataset-mutations';
import {
  datasetArchiveSchema,
  datasetCreateSchema,
  datasetRenameSchema,
  datasetTokenDecisionsSchema,
} from '@/lib/datasets/dataset-schema';

export const createDatasetAction = authedAction(datasetCreateSchema, ({ viewer, input }) =>
  createDataset(viewer, input),
);

export const renameDatasetAction = authedAction(datasetRenameSchema, ({ viewer, input }) =>
  renameDataset(viewer, input),
);

export const archiveDatasetAction = authedAction(datasetArchiveSchema, ({ viewer, input }) =>
  archiveDataset(viewer, input),
);

export const setTokenDecisionsAction = authedAction(
  datasetTokenDecisionsSchema,
  ({ viewer, input }) => setTokenDecisions(viewer, input),
);
