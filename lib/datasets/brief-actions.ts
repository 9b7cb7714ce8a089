'use server';

import { authedAction } from '@/lib/action';
import { approveBrief, saveBrief } from '@/lib/datasets/brief-mutations';
import { briefApproveSchema, briefSaveSchema } from '@/lib/datasets/brief-schema';

export const saveBriefAction = authedAction(briefSaveSchema, ({ viewer, input }) =>
  saveBrief(viewer, input),
);

export const approveBriefAction = authedAction(briefApproveSchema, ({ viewer, input }) =>
  approveBrief(viewer, input),
);
