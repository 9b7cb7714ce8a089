import { expect } from '@playwright/test';
import { stepIn } from './fixtures';
import { test } from './test';

test('a form that was refused says of each field what it is, and leads there', async ({ page }) => {
  await stepIn(page, 'admin');
  await page.goto('/w/sample/datasets/new');
  await expect(async () => {
    await page.getByRole('button', { name: 'Create the dataset' }).click();
    await expect(page.getByText('3 things need your attention')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  for (const field of ['Name', 'The task in words', 'System prompt']) {
    await page.getByRole('button', { name: `${field}: Fill this in.` }).click();
    await expect(page.getByLabel(field, { exact: true })).toBeFocused();
  }
});
