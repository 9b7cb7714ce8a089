// Tests over files from elsewhere, which lie beside the project on some machines and on others not.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'vitest';

/** A file or folder of data from elsewhere. */
export const outsideData = (name: string) => path.resolve('../shared/data', name);

/**
 * A group of tests over such data. Where the data is not there, the group does not exist, which is
 * said on the console: a skipped test would count as failed.
 */
export function describeWith(data: string, name: string, tests: () => void): void {
  if (existsSync(data)) describe(name, () => tests());
  else console.warn(`left out: ${name}: there is no ${data}`);
}
