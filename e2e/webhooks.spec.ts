// A webhook as an admin sets it up: a receiver on this machine gets what happens, and verifies it
// with the secret that was shown once.
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { expect, type Page } from '@playwright/test';
import { Webhook } from 'standardwebhooks';
import { canary } from './canaries/register';
import { sql } from './company';
import { ownOrigin, sampleDataset, stepIn } from './fixtures';
import { test } from './test';

type Received = { headers: IncomingHttpHeaders; body: string };

let server: Server;
let status = 204;
const received: Received[] = [];

test.beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(status).end();
  });
  await new Promise<void>((done) =>
    server.listen(Number(process.env.E2E_HOOK_PORT), '127.0.0.1', done),
  );
});
test.afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const verified = ({ headers, body }: Received, secret: string) =>
  new Webhook(secret).verify(body, headers as Record<string, string>) as {
    type: string;
    data: Record<string, unknown>;
  };

/** Approves an example that the writer of the sample has submitted. */
async function approveOne(page: Page): Promise<string> {
  await stepIn(page, 'reviewer');
  const datasetId = await sampleDataset(page);
  const [example] = await sql<{ id: string; version: number; revisionId: string }>(
    `SELECT e."id", e."version", e."currentRevisionId" AS "revisionId" FROM "Example" e
     JOIN "Revision" r ON r."id" = e."currentRevisionId"
     JOIN "Member" m ON m."userId" = r."authorId" AND m."workspaceId" = e."workspaceId"
     WHERE e."datasetId" = $1 AND e."status" = 'in_review' AND m."role" = 'writer'
       AND NOT EXISTS (SELECT 1 FROM "Finding" f WHERE f."exampleId" = e."id" AND f."severity" = 'blocker')
     ORDER BY e."number" LIMIT 1`,
    [datasetId],
  );
  if (!example) throw new Error('nothing waits for a review');
  const { id: exampleId, version, revisionId } = example;
  const response = await page.request.post(`/api/w/sample/datasets/${datasetId}/review/decisions`, {
    headers: ownOrigin(page),
    data: {
      decision: {
        decision: 'approve',
        decisionId: crypto.randomUUID(),
        exampleId,
        version,
        revisionId,
      },
    },
  });
  expect(response.status(), await response.text()).toBe(200);
  return exampleId;
}

test('An admin adds a webhook, tries it, sees what fails, sends it again and removes it', async ({
  page,
}) => {
  await stepIn(page, 'admin');
  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('link', { name: 'Open webhooks' }).click();
  await expect(page.getByRole('heading', { name: 'No webhook yet' })).toBeVisible();

  await page.getByRole('button', { name: 'Add webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill('https://169.254.169.254/latest');
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  await expect(dialog.getByText('This address lies in a private network.')).toBeVisible();
  await dialog.getByLabel('Address').fill(`http://127.0.0.1:${process.env.E2E_HOOK_PORT}/in`);
  await dialog.getByRole('button', { name: 'Add webhook' }).click();
  const secretField = page.getByRole('dialog').getByLabel('Secret', { exact: true });
  await expect(secretField).toHaveValue(/^whsec_/);
  const secret = await secretField.inputValue();
  canary('the secret of a webhook', secret.replace('whsec_', ''));
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: /127\.0\.0\.1/ }).click();
  await page.getByRole('button', { name: 'Send test message' }).click();
  const log = page.getByRole('table', { name: 'Messages of this webhook' });
  await expect(log.getByText('Accepted with status 204')).toBeVisible();
  expect(received.map((one) => verified(one, secret).type)).toEqual(['webhook.test']);

  status = 500;
  const exampleId = await approveOne(page);
  await stepIn(page, 'admin');
  await expect(async () => {
    await page.goto('/w/sample/settings/webhooks');
    await expect(page.getByText('Fails', { exact: true })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.getByRole('link', { name: /127\.0\.0\.1/ }).click();
  await expect(log.getByText(/Answered with status 500/).first()).toBeVisible();
  // The second attempt comes by itself after five seconds, the third after five minutes.
  await expect(log.getByText('1 attempt before')).toBeVisible({ timeout: 90_000 });
  status = 204;
  await page.getByRole('button', { name: /^Send again: An example is approved/ }).click();
  await expect(log.getByText('Accepted with status 204')).toHaveCount(2);
  const last = received.at(-1);
  if (!last) throw new Error('nothing came');
  expect(verified(last, secret)).toMatchObject({
    type: 'example.approved',
    data: { exampleId },
  });

  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('This webhook is off')).toBeVisible();
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('This webhook is off')).toBeHidden();
  await page.getByRole('button', { name: 'Remove webhook' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove webhook' }).click();
  await expect(page.getByRole('heading', { name: 'No webhook yet' })).toBeVisible();
});
