import { expect } from '@playwright/test';
import type { Rows } from './row';
import { failed, inDataset, inEmpty } from './ways';

export const importRows: Rows = {
  '/w/[workspace]/datasets/[datasetId]/import': {
    filled: { as: 'writer', path: inDataset('/import'), heading: 'Import examples' },
    empty: { as: 'writer', path: inEmpty('/import'), heading: 'Import examples' },
    failing: {
      as: 'writer',
      path: inEmpty('/import'),
      heading: 'Import examples',
      reach: async (page) => {
        await page
          .locator('input[type=file]')
          .setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.alloc(64) });
        await expect(page.getByText('This is not a text file.')).toBeVisible();
      },
    },
  },
  '/w/[workspace]/datasets/[datasetId]/import/[importId]': {
    filled: [
      {
        as: 'writer',
        variant: 'columns',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.uploaded}`,
        heading: 'Import examples',
      },
      {
        as: 'writer',
        variant: 'checked',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.checked}`,
        heading: 'Import examples',
      },
    ],
    empty: {
      as: 'writer',
      variant: 'done',
      path: ({ filled }) => `${filled.dataset}/import/${filled.imports.imported}`,
      heading: 'Import examples',
    },
    failing: [
      {
        as: 'writer',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.failed}`,
        heading: 'Import examples',
      },
      {
        as: 'keeper',
        variant: 'unreadable',
        path: ({ broken }) => `${broken.dataset}/import/${broken.import}`,
        heading: failed,
      },
    ],
  },
};
