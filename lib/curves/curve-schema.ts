import { z } from 'zod';

/** Parts of the release that are trained on, of 100 training examples. */
export const curveShares = [25, 50, 100] as const;
export type CurveShare = (typeof curveShares)[number];

/** Three trainings of each part, so that the luck of a training can be told from the part. */
export const curveSeeds = [1, 2, 3] as const;

export const curveModelSchema = z.strictObject({ modelId: z.uuid() });
