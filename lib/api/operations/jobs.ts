import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { getJob } from '@/lib/jobs';

export const readJob = defineOperation({
  id: 'getJob',
  method: 'GET',
  path: '/api/v1/jobs/{jobId}',
  group: 'jobs',
  scope: 'jobs:read',
  input: { params: z.strictObject({ jobId: z.uuid() }) },
  output: z.object({
    id: z.uuid(),
    kind: z.string(),
    subjectId: z.uuid(),
    state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
    progressDone: z.int(),
    /** Null while nobody knows how much it is. */
    progressTotal: z.int().nullable(),
    progressStage: z.string().nullable(),
    result: z.unknown(),
    errorCode: z.string().nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  }),
  examples: {
    output: {
      id: shownIds.job,
      kind: 'release.freeze',
      subjectId: shownIds.release,
      state: 'done',
      progressDone: 142,
      progressTotal: 142,
      progressStage: 'rendering',
      result: null,
      errorCode: null,
      createdAt: '2026-11-26T08:00:00.000Z',
      finishedAt: '2026-11-26T08:00:02.000Z',
    },
  },
  handler: ({ viewer, params }) => getJob(viewer, params.jobId),
});
