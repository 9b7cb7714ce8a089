'use server';

import { refresh } from 'next/cache';
import { authedAction } from '@/lib/action';
import { beginCurve } from '@/lib/curves/curve-mutations';
import { curveModelSchema } from '@/lib/curves/curve-schema';

export const beginCurveAction = authedAction(curveModelSchema, async ({ viewer, input }) => {
  const begun = await beginCurve(viewer, input.modelId);
  refresh();
  return begun;
});
