import { z } from 'zod';
import { exportFormats } from '@/lib/exports/writers';

/** Query of the export routes. `train` is the word of the training files, `training` the app's. */
export const exportQuerySchema = z.object({
  format: z.enum(exportFormats),
  split: z
    .enum(['train', 'validation'])
    .transform((split) => (split === 'train' ? 'training' : split)),
  /** Set when the caller knows that approvals were withdrawn since the freeze. */
  withdrawn: z.enum(['accept']).optional(),
});
