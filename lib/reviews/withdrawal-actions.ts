'use server';

import { authedAction } from '@/lib/action';
import { approvalWithdrawSchema } from '@/lib/reviews/review-schema';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';

export const withdrawApprovalAction = authedAction(approvalWithdrawSchema, ({ viewer, input }) =>
  withdrawApproval(viewer, input),
);
