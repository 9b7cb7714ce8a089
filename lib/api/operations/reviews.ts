import 'server-only';
import { z } from 'zod';
import { defineOperation } from '@/lib/api/operation';
import { datasetParams } from '@/lib/api/operations/datasets';
import { shownIds } from '@/lib/api/operations/shown-ids';
import { takeDecision } from '@/lib/reviews/review-desk';
import { decisionSchema } from '@/lib/reviews/review-schema';

export const decide = defineOperation({
  id: 'decide',
  method: 'POST',
  repeat: 'again',
  path: '/api/v1/datasets/{datasetId}/decisions',
  group: 'reviews',
  scope: 'reviews:decide',
  input: { params: datasetParams, body: decisionSchema },
  output: z.object({
    reviewId: z.uuid(),
    exampleId: z.uuid(),
    number: z.int(),
    decision: z.enum(['approve', 'correct', 'send_back', 'withdraw']),
    status: z.enum(['approved', 'in_review', 'sent_back']),
  }),
  status: 201,
  examples: {
    body: {
      decision: 'approve',
      decisionId: shownIds.decision,
      exampleId: shownIds.example,
      revisionId: shownIds.revision,
      version: 2,
    },
    output: {
      reviewId: shownIds.decision,
      exampleId: shownIds.example,
      number: 12,
      decision: 'approve',
      status: 'approved',
    },
  },
  handler: ({ viewer, params, body }) => takeDecision(viewer, { ...params, decision: body }),
});
