'use server';

import { z } from 'zod';
import { authedAction } from '@/lib/action';
import { removeSample } from './sample-mutations';

/** Leads to where the person still is somebody: the sample's own admin has to sign in anew. */
export const removeSampleAction = authedAction(z.looseObject({}), async ({ viewer }) => {
  const { wasOwn } = await removeSample(viewer);
  return { path: wasOwn ? '/sign-in' : '/' };
});
