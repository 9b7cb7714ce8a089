import { join } from 'node:path';
import { dataDirectory } from '../start/paths.mjs';
import { prepareTrainer } from '../start/trainer.mjs';

/**
 * Makes the trainer of this checkout ready; the journeys share it by links.
 * @returns {Promise<{ folder: string, problem?: string }>}
 */
export async function prepareTestTrainer() {
  const dataDir = dataDirectory({ ...process.env, DATA_DIR: '' });
  console.log('Preparing the trainer.');
  const { finished } = prepareTrainer({
    dataDir,
    env: { ...process.env, APPRENTICE_TRAINER: '1' },
    onProcess: () => {},
  });
  const { state, message, hint } = await finished;
  const folder = join(dataDir, 'trainer');
  return state === 'ready' ? { folder } : { folder, problem: `${message} ${hint ?? ''}`.trim() };
}
