// From approved examples to the verdict of a proof that needs no votes, through the pages.
import { expect, type Page } from '@playwright/test';
import { train } from './street-steps';

export type Proven = {
  training: { seconds: number; tokensPerSecond: number };
  answeredSeconds: number;
  /** One for each kind of held-out rows that there is: the sentence and what it rests on. */
  verdicts: { part: string; verdict: string; support: string }[];
  /** Name of what was counted → counts of every arm and of the human replies. */
  measures: Record<string, Record<string, string>>;
  /** How the answers were made, as the report says it. */
  answers: string;
};

/** Freezes a release with a held-out part that a proof can use. */
export async function freezeForProof(admin: Page, datasetUrl: string): Promise<void> {
  await admin.goto(`${datasetUrl}/releases/new`);
  await admin.getByRole('link', { name: 'Hold back more' }).click();
  await expect(admin.getByRole('link', { name: 'Hold back a tenth' })).toBeVisible();
  await admin.getByRole('button', { name: /^Freeze release \d+$/ }).click();
  await expect(admin.getByRole('heading', { name: 'Training files' })).toBeVisible({
    timeout: 120_000,
  });
}

/** Seals a plan with the proposed bar and margin, trains, lets every arm answer, and reads the verdicts. */
export async function prove(
  admin: Page,
  datasetUrl: string,
  asked: { measure: string; settings: Record<string, string>; patience: number },
): Promise<Proven> {
  await admin.goto(`${datasetUrl}/releases/1`);
  await admin.getByRole('link', { name: 'Train a model' }).click();
  await admin.getByRole('radio', { name: new RegExp(`^${asked.measure}`) }).click();
  await admin.getByRole('button', { name: 'Seal this plan' }).click();
  await expect(admin.getByText(/^Good enough from/)).toBeVisible();
  const training = await train(admin, datasetUrl, asked.settings, asked.patience);
  await admin.getByRole('button', { name: 'Begin the proof' }).click();
  await admin.waitForURL(/\/proofs\/[0-9a-f-]+$/);
  const began = performance.now();
  // Whoever may still vote is told what opening costs.
  const open = admin.getByRole('button', { name: /^(Open the answers|End my voting and open)$/ });
  await expect(open).toBeVisible({ timeout: asked.patience });
  const answeredSeconds = Math.round((performance.now() - began) / 1_000);
  const verdicts = await readVerdicts(admin);
  await open.click();
  const measures = await readMeasures(admin);
  await admin.getByRole('link', { name: 'Report' }).click();
  const answers = await admin.getByText(/the same for every model$/).textContent();
  return { training, answeredSeconds, verdicts, measures, answers: answers ?? '' };
}

/** The verdicts that a proof's page shows to who may see them. */
export async function readVerdicts(page: Page): Promise<Proven['verdicts']> {
  const parts = page.getByRole('region').filter({
    has: page.getByRole('list', { name: 'One square for each held-out group' }),
  });
  await expect(parts.first()).toBeVisible();
  return Promise.all(
    (await parts.all()).map(async (part) => ({
      part: (await part.getAttribute('aria-label')) ?? '',
      verdict: (await part.getByRole('heading').first().textContent()) ?? '',
      support: (await part.locator('h2 + p').textContent()) ?? '',
    })),
  );
}

async function readMeasures(page: Page): Promise<Proven['measures']> {
  const table = page.getByRole('table', { name: /^Counted, not judged/ }).last();
  await expect(table).toBeVisible();
  const [head, ...rows] = await table.getByRole('row').all();
  const arms = (await head?.getByRole('columnheader').allTextContents()) ?? [];
  const measures: Proven['measures'] = {};
  for (const row of rows) {
    const name = (await row.locator('[data-measure]').textContent()) ?? '';
    const cells = await row.locator('[data-count], td:last-child').allTextContents();
    measures[name] = Object.fromEntries(cells.map((cell, at) => [arms[at + 1] ?? '', cell]));
  }
  return measures;
}
