import type { Rows } from './row';
import {
  inBroken,
  inDataset,
  inEmpty,
  inNothing,
  inWorkspace,
  notFound,
  nowhere,
  sendEmpty,
} from './ways';

export const datasetRows: Rows = {
  '/w/[workspace]/datasets/new': {
    filled: { as: 'admin', path: inWorkspace('/datasets/new'), heading: 'New dataset' },
    empty: {
      as: 'alone',
      variant: 'nothing-filled-in',
      path: inNothing('/datasets/new'),
      heading: 'New dataset',
      reach: sendEmpty('Create the dataset'),
    },
    failing: { as: 'writer', path: inWorkspace('/datasets/new'), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]': {
    filled: { as: 'writer', path: inDataset(''), heading: '', leadsTo: /\/examples$/ },
    empty: { as: 'writer', path: inEmpty(''), heading: '', leadsTo: /\/examples$/ },
    failing: { as: 'writer', path: inWorkspace(`/datasets/${nowhere}`), heading: notFound },
  },
};

export const datasetSettingRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/settings': {
    filled: { as: 'admin', path: inDataset('/settings'), heading: 'Dataset settings' },
    empty: {
      as: 'writer',
      variant: 'writer',
      path: inEmpty('/settings'),
      heading: 'Dataset settings',
    },
    failing: { as: 'writer', path: inBroken('/settings'), heading: notFound },
  },
};
