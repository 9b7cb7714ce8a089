import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Ground } from '../ground';
import type { Rows } from './row';
import { failed, inBroken, inDataset, inEmpty, notFound } from './ways';

/** What `npm start` writes about the trainer while it prepares it. */
const trainerIs = (state: object) => (ground: Ground) => {
  const file = join(ground.dataDir, 'trainer/state.json');
  writeFileSync(file, JSON.stringify(state));
  return () => writeFileSync(file, JSON.stringify({ state: 'ready' }));
};

export const runRows: Rows = {
  '/w/[workspace]/runs/[runId]': {
    filled: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.done}`,
        heading: 'Training 1',
      },
      {
        as: 'admin',
        variant: 'under-way',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.training}`,
        heading: 'Training 4',
      },
    ],
    empty: {
      as: 'admin',
      variant: 'queued',
      path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.queued}`,
      heading: 'Training 5',
    },
    failing: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.failed}`,
        heading: 'Training 2',
      },
      {
        as: 'admin',
        variant: 'cancelled',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.cancelled}`,
        heading: 'Training 3',
      },
      {
        as: 'keeper',
        variant: 'unreadable',
        path: ({ broken }) => `${broken.workspace}/runs/${broken.run}`,
        heading: failed,
      },
    ],
  },
};

export const trainingRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/releases/[number]/train': {
    filled: {
      as: 'admin',
      path: inDataset('/releases/1/train'),
      heading: 'Train on release 1',
      reach: (page) =>
        expect(page.getByRole('button', { name: /^Start training/ })).toBeEnabled({
          timeout: 30_000,
        }),
    },
    empty: {
      as: 'admin',
      variant: 'preparing',
      given: trainerIs({
        state: 'installing',
        stage: 'torch:download',
        done: 61_000_000,
        total: 184_000_000,
        unit: 'bytes',
      }),
      path: inDataset('/releases/1/train'),
      heading: 'Train on release 1',
    },
    failing: [
      {
        as: 'admin',
        given: trainerIs({ state: 'failed', message: 'NO PYTHON.', hint: 'INSTALL ONE.' }),
        path: inDataset('/releases/1/train'),
        heading: 'Train on release 1',
      },
      { as: 'writer', variant: 'writer', path: inDataset('/releases/1/train'), heading: notFound },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/runs': {
    filled: { as: 'admin', path: inDataset('/runs'), heading: 'Trainings' },
    empty: { as: 'admin', path: inEmpty('/runs'), heading: 'Nothing trained yet' },
    failing: { as: 'writer', path: inBroken('/runs'), heading: notFound },
  },
};
