import { declined } from './declined';
import { everyday } from './everyday';
import { injected } from './injected';
import { canaries, leaks } from './leaks';
import { lookAlikes } from './look-alikes';
import { regressionSetSchema } from './regression-schema';

/**
 * What every model is asked after its training, base and tuned alike: everyday questions,
 * requests to decline and their harmless look-alikes, documents with hidden instructions, and
 * requests for other customers' texts. Original; `judge` in regression-rules says how it went.
 */
export const regressionSet = regressionSetSchema.parse({
  items: [...everyday, ...declined, ...lookAlikes, ...injected, ...leaks],
  canaries,
});
