'use server';

import { z } from 'zod';
import { authedAction } from '@/lib/action';
import { createRelease } from '@/lib/releases/release-mutations';
import { findExcludedExamples } from '@/lib/releases/release-queries';
import {
  exclusionReasons,
  plannedReasons,
  releaseCreateSchema,
} from '@/lib/releases/release-schema';

export const createReleaseAction = authedAction(releaseCreateSchema, async ({ viewer, input }) =>
  createRelease(viewer, input),
);

export const findExcludedAction = authedAction(
  z.object({ datasetId: z.uuid(), reason: z.enum(exclusionReasons).exclude([...plannedReasons]) }),
  async ({ viewer, input }) => findExcludedExamples(viewer, input),
);
