// Programs, seen from outside: a fuzzer with the token of each role finds no server error and no
// answer that the OpenAPI document does not describe.
import { expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { canary } from './canaries/register';
import { sql } from './company';
import { type SampleRole, sampleDataset, stepIn } from './fixtures';
import { fuzz, installFuzzer } from './fuzzer';
import { test } from './test';

/** Makes a token for everything over the settings page. */
async function makeToken(page: Page, role: SampleRole): Promise<string> {
  await stepIn(page, role);
  await page.goto('/w/sample/settings');
  await page.getByRole('button', { name: 'Make a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(`Fuzzer of the ${role}`);
  for (const use of await dialog.getByRole('checkbox').all()) await use.click();
  await dialog.getByRole('button', { name: 'Make the token' }).click();
  const token = await dialog.getByLabel('Token', { exact: true }).inputValue();
  canary('the token of a program', token);
  await dialog.getByRole('button', { name: 'Done' }).click();
  return token;
}

for (const role of ['writer', 'reviewer', 'admin'] as const) {
  test(`a fuzzer with a ${role}’s token finds nothing that the document does not say`, async ({
    page,
  }) => {
    test.setTimeout(30 * 60_000);
    const program = await installFuzzer();
    const token = await makeToken(page, role);
    const datasetId = await sampleDataset(page);
    const [example] = await sql<{ id: string }>(
      `SELECT "id" FROM "Example" WHERE "datasetId" = $1 AND "status" = 'draft' ORDER BY "number" LIMIT 1`,
      [datasetId],
    );
    const { isClean, output, cases } = await fuzz(program, {
      url: new URL(page.url()).origin,
      token,
      ids: { datasetId, exampleId: example?.id ?? '' },
      examples: 10,
    });
    expect(isClean, output.slice(-20_000)).toBe(true);
    expect(cases).toBeGreaterThan(1_000);
    keepFigures(`fuzzer-${role}`, { cases });
  });
}
