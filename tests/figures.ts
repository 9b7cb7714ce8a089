import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../test-results/figures');

/** Keeps what a test measured as test-results/figures/NAME.json, and prints it with the run. */
export function keepFigures(name: string, figures: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(figures, null, 2));
  console.log(`${name}: ${JSON.stringify(figures)}`);
}
