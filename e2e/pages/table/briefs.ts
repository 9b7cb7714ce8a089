import type { Rows } from './row';
import { failed, inBroken, inDataset, inEmpty, notFound } from './ways';

export const briefRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/brief': {
    filled: { as: 'admin', path: inDataset('/brief'), heading: 'Brief' },
    empty: { as: 'reviewer', path: inEmpty('/brief'), heading: 'Brief' },
    failing: { as: 'keeper', path: inBroken('/brief'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/brief/versions': {
    filled: { as: 'admin', path: inDataset('/brief/versions'), heading: 'Versions of the brief' },
    empty: { as: 'admin', path: inEmpty('/brief/versions'), heading: 'Versions of the brief' },
    failing: { as: 'writer', path: inBroken('/brief/versions'), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]/brief/versions/[version]': {
    filled: { as: 'admin', path: inDataset('/brief/versions/3'), heading: /\b3\b/ },
    empty: { as: 'admin', path: inEmpty('/brief/versions/1'), heading: /\b1\b/ },
    failing: [
      { as: 'keeper', path: inBroken('/brief/versions/1'), heading: failed },
      { as: 'admin', variant: 'none', path: inDataset('/brief/versions/99'), heading: notFound },
    ],
  },
};
