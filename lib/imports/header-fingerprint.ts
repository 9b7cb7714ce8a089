import { createHash } from 'node:crypto';
import type { Reading } from '@/lib/imports/import-schema';

/** Same for every file with the same columns in the same order. */
export function headerFingerprint(reading: Reading): string {
  const identity = [reading.format, reading.header, reading.columns];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}
