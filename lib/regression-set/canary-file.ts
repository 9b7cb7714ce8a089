import { stringify } from 'csv-stringify/sync';
import { type Canary, isShippedCanary } from './regression-schema';

/**
 * Canaries as a file that imports as examples, each a group of its own. Cells that a spreadsheet
 * would take for a formula are escaped; the secret stands in them all the same. Pure.
 */
export const toCanaryFile = (canaries: readonly Canary[]): string =>
  stringify(
    canaries.map((canary) => ({
      group: isShippedCanary(canary) ? canary.id : `canary-${canary.id}`,
      prompt: canary.prompt,
      reply: canary.reply,
    })),
    { header: true, columns: ['group', 'prompt', 'reply'], escape_formulas: true },
  );
