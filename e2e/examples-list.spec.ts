import { expect } from '@playwright/test';
import { sampleDataset, stepIn } from './fixtures';
import { test } from './test';

/** The list and the open example stand side by side; each scrolls by itself. */
test('the list scrolls under its head, and the open example stays where it is', async ({
  page,
}) => {
  await stepIn(page, 'writer');
  await page.goto(`/w/sample/datasets/${await sampleDataset(page)}/examples?open=1`);
  const panel = page.getByRole('complementary', { name: 'Example 1', exact: true });
  const inView = [
    panel.getByRole('heading', { name: /^Example 1\b/ }),
    page.getByRole('columnheader', { name: 'Status' }),
    page.getByRole('link', { name: 'Next' }),
  ];
  for (const one of inView) await expect(one).toBeInViewport();
  const rows = page.getByRole('grid').getByRole('row');
  await expect(rows.last()).not.toBeInViewport();
  await rows.last().scrollIntoViewIfNeeded();
  await expect(rows.last()).toBeInViewport();
  for (const one of inView) await expect(one).toBeInViewport();
});
