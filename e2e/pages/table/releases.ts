import type { Rows } from './row';
import { failed, inBroken, inDataset, inEmpty, notFound } from './ways';

export const releaseRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/releases': {
    filled: { as: 'admin', path: inDataset('/releases'), heading: 'Releases' },
    empty: { as: 'admin', path: inEmpty('/releases'), heading: 'No release yet' },
    failing: { as: 'keeper', path: inBroken('/releases'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/releases/new': {
    filled: { as: 'admin', path: inDataset('/releases/new'), heading: 'Release 2' },
    empty: { as: 'admin', path: inEmpty('/releases/new'), heading: 'Release 1' },
    failing: [
      {
        as: 'admin',
        variant: 'too-few',
        path: ({ short }) => `${short.dataset}/releases/new`,
        heading: 'Release 2',
      },
      { as: 'writer', variant: 'foreign', path: inBroken('/releases/new'), heading: notFound },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/releases/[number]': {
    filled: { as: 'admin', path: inDataset('/releases/1'), heading: 'Release 1' },
    empty: { as: 'writer', path: inDataset('/releases/99'), heading: notFound },
    failing: [
      {
        as: 'admin',
        variant: 'refused',
        path: ({ short }) => `${short.dataset}/releases/1`,
        heading: 'Release 1',
      },
      { as: 'keeper', variant: 'unreadable', path: inBroken('/releases/1'), heading: failed },
    ],
  },
};
