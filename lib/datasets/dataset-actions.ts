'use server';

import { authedAction } from '@/lib/action';
import { archiveDataset, createDataset, renameDataset } from '@/lib/datasets/dataset-mutations';
import {
  datasetArchiveSchema,
  datasetCreateSchema,
  datasetRenameSchema,
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
