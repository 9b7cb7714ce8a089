// Programs, seen from outside: a fuzzer with the token of each role finds no server error and no
// answer that the OpenAPI document does not describe, in a company that has a row of everything.
import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { keepFigures } from '../tests/figures';
import { canary } from './canaries/register';
import { callAction, dissolveCompanies, enter, origin, type Role, sql } from './company';
import { type Filled, fillWith } from './fill-company';
import { fuzz, installFuzzer } from './fuzzer';
import { test } from './test';

const FILL_MS = 300_000;

let request: APIRequestContext;
let company: Filled;
let planId: string;

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(FILL_MS);
  request = await playwright.request.newContext();
  const texts = Array.from({ length: 18 }, (_, n) => `Fuzzed number ${n}`);
  company = await fillWith(request, 'Fuzzed', texts);
  const { slug: workspace, proofId, cookies } = company;
  const [proof] = await sql<{ planId: string }>('SELECT "planId" FROM "Proof" WHERE "id" = $1', [
    proofId,
  ]);
  planId = proof?.planId ?? '';
  // Only a closed proof has a report.
  const close = { workspace, proofId };
  expect(
    await callAction(request, 'closeProofAction', close, { cookie: cookies.admin }),
  ).toMatchObject({ ok: true });
});
test.afterAll(async () => {
  test.setTimeout(FILL_MS);
  await endJobs();
  await request.dispose();
  await dissolveCompanies();
});

/** Lets nothing that the fuzzer began go on beside the next journeys: it asks models, too. */
async function endJobs(): Promise<void> {
  const open = () =>
    sql<{ id: string }>(
      `SELECT "id" FROM "Job" WHERE "workspaceId" = $1 AND "state" IN ('queued', 'running')`,
      [company.id],
    );
  const headers = { cookie: company.cookies.admin, origin: origin() };
  // One that ended meanwhile is not found, which is as good.
  for (const { id } of await open())
    await request.post(`${origin()}/api/w/${company.slug}/jobs/${id}/cancel`, { headers });
  await expect.poll(open, { timeout: 240_000 }).toEqual([]);
}

/** Makes a token for everything over the settings page. */
async function makeToken(page: Page, role: Role): Promise<string> {
  await enter(page, company[role]);
  await page.goto(`/w/${company.slug}/settings`);
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

type Document = { paths: Record<string, { get?: { operationId: string } }> };

/** Every operation that reads, but the stream, as the fuzzer calls them. */
async function readingOperations(): Promise<string[]> {
  const { paths } = (await (await request.get(`${origin()}/api/openapi.json`)).json()) as Document;
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get && get.operationId !== 'streamRun' ? [`GET ${path}`] : [],
  );
}

for (const role of ['writer', 'reviewer', 'admin'] as const) {
  test(`a fuzzer with a ${role}’s token finds nothing that the document does not say`, async ({
    page,
  }) => {
    test.setTimeout(30 * 60_000);
    const program = await installFuzzer();
    const token = await makeToken(page, role);
    const { isClean, output, cases, accepted } = await fuzz(program, {
      url: origin(),
      token,
      ids: {
        datasetId: company.datasetId,
        exampleId: company.examples[0]?.id ?? '',
        importId: company.csvImportId,
        releaseId: company.releaseIds[0] ?? '',
        // Of that release, in its dataset.
        number: '1',
        runId: company.runId,
        modelId: company.proofModelId,
        proofId: company.proofId,
        jobId: company.jobId,
      },
      bodyIds: { planId },
      examples: 10,
    });
    expect(isClean, output.slice(-20_000)).toBe(true);
    expect(cases).toBeGreaterThan(1_000);
    if (role === 'admin') {
      const reading = await readingOperations();
      expect(reading.length).toBeGreaterThan(20);
      // What only ever answered that there is nothing, or that something is wrong, was not tried.
      expect(reading.filter((operation) => !accepted.get(operation))).toEqual([]);
    }
    keepFigures(`fuzzer-${role}`, { cases });
  });
}
