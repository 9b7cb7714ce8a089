// What parts of a filled company share: texts in every field, written through the app where it has a way.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { evaluation, runSettings } from '../tests/made-up-run';
import { type Company, sql } from './company';
import type { Act } from './hands';

export const label = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 120);
export const joined = (texts: readonly string[], length: number) => {
  let text = '';
  for (const one of texts) if (text.length + one.length + 2 <= length) text += `${one}\n\n`;
  return text.trim();
};

export const waitFor = (what: string, text: string, values: unknown[]) =>
  expect.poll(async () => (await sql<{ state: string }>(text, values))[0]?.state, {
    message: what,
    timeout: 60_000,
  });

/** The second version of a brief, approved; gives its id. */
export async function writeBrief(
  company: Company,
  datasetId: string,
  texts: readonly string[],
  act: Act,
): Promise<string> {
  const { slug: workspace } = company;
  await act('admin', 'saveBriefAction', {
    workspace,
    datasetId,
    baseVersion: 1,
    content: {
      task: joined(texts, 2_000),
      systemPrompt: joined(texts, 20_000),
      guidelines: `# ${texts[0]}\n\n${joined(texts, 50_000)}\n\n- ${texts.map(label).join('\n- ')}`,
      slots: ['order_number'],
      rules: texts.map((text) => ({
        id: randomUUID(),
        name: label(text).slice(0, 80),
        severity: 'warning',
        kind: 'banned_phrase',
        phrases: [label(text)],
      })),
    },
  });
  await act('reviewer', 'approveBriefAction', { workspace, datasetId, version: 2 });
  const [brief] = await sql<{ id: string }>(
    'SELECT "id" FROM "Brief" WHERE "datasetId" = $1 AND "version" = 2',
    [datasetId],
  );
  return brief?.id ?? '';
}

/** A file in the store, as the worker leaves an adapter there. */
function storeAdapter() {
  const content = Buffer.from('PK, or so they say');
  const key = `adapters/${randomUUID()}.zip`;
  const folder = join(process.env.E2E_DATA_DIR ?? '', 'files');
  mkdirSync(join(folder, 'adapters'), { recursive: true });
  writeFileSync(join(folder, key), content);
  return {
    key,
    bytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}

/** A finished run and its model with answers, as the worker writes them. */
export async function recordModel(
  company: Company,
  releaseId: string,
  texts: readonly string[],
): Promise<{ runId: string; modelId: string }> {
  const adapter = storeAdapter();
  const [quote] = await sql<{ id: string }>(
    `INSERT INTO "Quote" ("workspaceId", "releaseId", "target", "baseModel", "settings", "trainingExamples",
       "validationExamples", "trainingTokens", "longestTokens", "tooLong", "expectedSeconds", "createdById", "expiresAt")
     VALUES ($1, $2, 'local', 'smollm2-135m-instruct', $3, 8, 1, 900, 90, '[]', 60, $4, now()) RETURNING "id"`,
    [company.id, releaseId, runSettings, company.admin.id],
  );
  const [run] = await sql<{ id: string }>(
    `INSERT INTO "Run" ("workspaceId", "releaseId", "quoteId", "number", "seed", "state", "step", "totalSteps",
       "startedAt", "finishedAt", "createdById")
     SELECT $1, $2, $3, coalesce(max("number"), 0) + 1, 1, 'done', 4, 4, now(), now(), $4
     FROM "Run" WHERE "workspaceId" = $1 RETURNING "id"`,
    [company.id, releaseId, quote?.id, company.admin.id],
  );
  const [model] = await sql<{ id: string }>(
    `INSERT INTO "Model" ("workspaceId", "runId", "name", "baseModel", "adapterKey", "adapterSha256", "bytes", "evaluation")
     VALUES ($1, $2, $3, 'smollm2-135m-instruct', $5, $6, $7, $4) RETURNING "id"`,
    [company.id, run?.id, texts[0], evaluation, adapter.key, adapter.sha256, adapter.bytes],
  );
  await sql(
    `INSERT INTO "Answer" ("modelId", "exampleId", "arm", "text", "tokens", "seconds", "loss", "replyKnown", "findings")
     SELECT $1, i."exampleId", a.arm::"Arm", $3, 5, 1, 1.5, false, '[]'
     FROM "ReleaseItem" i, unnest(ARRAY['base', 'tuned']) a(arm) WHERE i."releaseId" = $2`,
    [model?.id, releaseId, joined(texts, 5_000)],
  );
  return { runId: run?.id ?? '', modelId: model?.id ?? '' };
}
