import { type BrowserContext, expect, type Page } from '@playwright/test';

export type SampleRole = 'writer' | 'reviewer' | 'admin';

/** Steps into the sample workspace as one of its people, over the sign-in page. */
export async function stepIn(page: Page, role: SampleRole): Promise<void> {
  await page.context().clearCookies({ name: /session/ });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: `Step in as ${role}` }).click();
  await page.waitForURL(/\/w\/sample$/);
}

/** Id of the sample workspace's dataset, as its sidebar links it. */
export async function sampleDataset(page: Page): Promise<string> {
  const link = page
    .getByRole('navigation', { name: 'Main navigation' })
    .getByRole('link', { name: /^Customer mails/ })
    .first();
  const id = /\/datasets\/([0-9a-f-]{36})/.exec((await link.getAttribute('href')) ?? '')?.[1];
  expect(id).toBeDefined();
  return id ?? '';
}

/** Makes a dataset over its form and gives its id. */
export async function createDataset(page: Page, name: string): Promise<string> {
  await page.goto('/w/sample/datasets/new');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('The task in words').fill('Answer a question in one sentence.');
  await page.getByLabel('System prompt').fill('You answer in one sentence.');
  await page.getByRole('button', { name: 'Create the dataset' }).click();
  await page.waitForURL(/\/datasets\/[0-9a-f-]{36}\/brief$/);
  return page.url().split('/').at(-2) ?? '';
}

/** Headers that a page of the app itself sends with every write. */
export const ownOrigin = (page: Page): Record<string, string> => ({
  origin: new URL(page.url()).origin,
});

/** Uploads a file as the import page does and gives the new import's id. */
export async function uploadImport(
  page: Page,
  datasetId: string,
  file: { name: string; text: string },
): Promise<string> {
  const response = await page.request.post(`/api/w/sample/datasets/${datasetId}/imports`, {
    headers: { ...ownOrigin(page), 'x-file-name': encodeURIComponent(file.name) },
    data: Buffer.from(file.text),
  });
  expect(response.status(), await response.text()).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

export type Trouble = {
  kind: 'console' | 'exception' | 'policy' | 'dialog' | 'script';
  text: string;
};

declare global {
  interface Window {
    __xss?: unknown;
    __policy?: string[];
  }
}

/**
 * Collects from every page of a context what must not happen: errors on the console, exceptions,
 * refusals by the security policy and dialogs. `take` gives what came since the last call.
 */
export async function watchTrouble(
  context: BrowserContext,
  { expected = () => false }: { expected?: (text: string, url: string) => boolean } = {},
) {
  const found: Trouble[] = [];
  await context.addInitScript(() => {
    const seen: string[] = [];
    window.__policy = seen;
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
  const follow = (page: Page) => {
    page.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      if (!expected(message.text(), url))
        found.push({ kind: 'console', text: `${message.text()} ${url}` });
    });
    page.on('pageerror', (error) => {
      if (!expected(String(error), page.url()))
        found.push({ kind: 'exception', text: String(error) });
    });
    page.on('dialog', async (dialog) => {
      found.push({ kind: 'dialog', text: dialog.message() });
      await dialog.dismiss().catch(() => undefined);
    });
  };
  for (const page of context.pages()) follow(page);
  context.on('page', follow);
  return {
    async take(page: Page): Promise<Trouble[]> {
      const { policy, script } = await page.evaluate(() => ({
        policy: window.__policy?.splice(0) ?? [],
        script: window.__xss,
      }));
      for (const text of policy) found.push({ kind: 'policy', text });
      if (script !== undefined) found.push({ kind: 'script', text: String(script) });
      return found.splice(0);
    },
  };
}
