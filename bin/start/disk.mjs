import { statfsSync } from 'node:fs';
import { faults } from './fault.mjs';

/**
 * Refuses to begin what the disk cannot hold.
 * @param {string} folder an existing folder @param {number} needed bytes @param {string} purpose
 */
export function requireSpace(folder, needed, purpose) {
  const { bavail, bsize } = statfsSync(folder);
  const free = Number(bavail) * Number(bsize);
  if (free < needed) throw faults.diskFull(folder, free, needed, purpose);
}

/** Whether an error, or what a program printed, means that the disk is full. @param {unknown} error */
export const meansDiskFull = (error) =>
  /ENOSPC|No space left on device|EDQUOT|Disk quota exceeded|ERR_PNPM_ENOSPC/.test(
    typeof error === 'string' ? error : `${/** @type {any} */ (error)?.code} ${error}`,
  );
