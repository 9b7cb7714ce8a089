import { expect } from '@playwright/test';
import type { Rows } from './row';
import { failed, inBroken, inDataset, inEmpty } from './ways';

export const exampleRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/examples': {
    filled: [
      { as: 'writer', path: inDataset('/examples'), heading: 'Examples' },
      {
        as: 'writer',
        variant: 'open',
        path: inDataset('/examples?open=41'),
        heading: 'Examples',
        reach: (page) => expect(page.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible(),
      },
      {
        as: 'writer',
        variant: 'long-mail',
        sameMenus: true,
        path: inDataset('/examples?open=42'),
        heading: 'Examples',
        reach: (page) => expect(page.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible(),
      },
    ],
    empty: [
      { as: 'writer', path: inEmpty('/examples'), heading: 'Examples' },
      {
        as: 'writer',
        variant: 'no-match',
        path: inDataset('/examples?q=NOTHING-IS-CALLED-THAT'),
        heading: 'Examples',
      },
    ],
    failing: { as: 'keeper', path: inBroken('/examples'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/review': {
    filled: [
      { as: 'reviewer', path: inDataset('/review'), heading: /^Example \d+$/ },
      {
        as: 'admin',
        variant: 'another',
        sameMenus: true,
        path: inDataset('/review'),
        heading: /^Example \d+$/,
      },
    ],
    empty: { as: 'reviewer', path: inEmpty('/review'), heading: /./ },
    failing: [
      { as: 'keeper', path: inBroken('/review'), heading: failed },
      {
        as: 'writer',
        variant: 'writer',
        path: inDataset('/review'),
        heading: 'Reviewers decide here',
      },
    ],
  },
};
