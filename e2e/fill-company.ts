import { randomUUID } from 'node:crypto';
import { type APIRequestContext, expect } from '@playwright/test';
import { stringify } from 'csv-stringify/sync';
import { sentencesOf } from './canaries/database-texts';
import { canary, tokenOf } from './canaries/register';
import { addPerson, type Company, cookieOf, foundCompany, origin, type Role, sql } from './company';
import { joined, label, recordModel, waitFor, writeBrief } from './fill-parts';
import { fillProof } from './fill-proof';
import { type Act, handsOf, type Post } from './hands';

/** What there is in a company that was filled with texts, for addresses of pages and routes. */
export type Filled = Company & {
  texts: readonly string[];
  datasetId: string;
  examples: { id: string; number: number; revisionId: string }[];
  csvImportId: string;
  jsonlImportId: string;
  openImportId: string;
  releaseIds: string[];
  runId: string;
  modelId: string;
  /** A held-out example whose answer is marked as wrong. */
  wrongExampleId: string;
  /** An open proof: the reviewer has voted and may go on, the others have opened the answers. */
  proofId: string;
  proofModelId: string;
  jobId: string;
  webhookId: string;
  invitationLink: string;
  resetLink: string;
  cookies: Record<Role, string>;
};

/** Every text field and file name that there is holds one of the texts, or all of them. */
export async function fillWith(
  request: APIRequestContext,
  name: string,
  texts: readonly string[],
): Promise<Filled> {
  const company = await foundCompany(name);
  const { cookies, act, post } = await handsOf(request, company);
  const workspace = company.slug;
  await namePeople(company, act, texts);
  const datasets = [];
  for (const text of texts)
    datasets.push(
      (await act('admin', 'createDatasetAction', {
        workspace,
        name: label(text).slice(0, 80),
        task: joined(texts, 2_000),
        systemPrompt: joined(texts, 20_000),
      })) as { id: string },
    );
  const datasetId = datasets[0]?.id ?? '';
  const briefId = await writeBrief(company, datasetId, texts, act);
  const examples = await writeExamples(company, datasetId, texts, act, post);
  await decide(datasetId, texts, post);
  await dismissFindings(company, datasetId, texts, act);
  const imports = await importFiles(request, company, datasetId, texts, cookies.writer, act);
  const releaseIds = await freeze(company, datasetId, briefId, texts, act);
  const trained = await recordModel(company, releaseIds[0] ?? '', texts);
  await fillRegressionSet(company, trained.modelId, texts, act);
  const proof = await fillProof(company, texts, act, post);
  const wrongExampleId = await markWrong(company, releaseIds[0] ?? '', trained.modelId, texts, act);
  const { link: invitationLink } = (await act('admin', 'createInvitationAction', {
    workspace,
    email: `o'nclick=${randomUUID().slice(0, 8)}@${workspace}.example`,
    role: 'writer',
  })) as { link: string };
  const { link: resetLink } = (await act('admin', 'createResetLinkAction', {
    workspace,
    userId: (await addPerson(company, 'writer', label(texts[0] ?? ''))).id,
  })) as { link: string };
  const { id: webhookId, secret } = (await act('admin', 'createWebhookAction', {
    workspace,
    url: `https://hooks.shop.example/${encodeURIComponent(label(texts[0] ?? ''))}`,
    events: ['run.finished'],
  })) as { id: string; secret: string };
  canary('the secret of a webhook', secret.replace('whsec_', ''));
  canary('a one-time link', tokenOf(invitationLink), tokenOf(resetLink));
  await act('admin', 'sendTestEventAction', { workspace, webhookId });
  await turnOffOnceTried(webhookId, act, workspace);
  const [job] = await sql<{ id: string }>(
    'SELECT "id" FROM "Job" WHERE "workspaceId" = $1 LIMIT 1',
    [company.id],
  );
  return {
    ...company,
    texts,
    datasetId,
    examples,
    ...imports,
    releaseIds,
    ...trained,
    wrongExampleId,
    ...proof,
    jobId: job?.id ?? '',
    webhookId,
    invitationLink,
    resetLink,
    cookies,
  };
}

/** Items of the workspace's own, what a model said to them, and why it is in use nevertheless. */
async function fillRegressionSet(
  company: Company,
  modelId: string,
  texts: readonly string[],
  act: Act,
): Promise<void> {
  const { slug: workspace } = company;
  for (const text of texts) {
    const { id } = (await act('admin', 'addRegressionItemAction', {
      workspace,
      kind: 'decline',
      prompt: `Asked: ${text}`,
      phrases: [`Told: ${label(text).slice(0, 100)}`.toWellFormed()],
    })) as { id: string };
    await sql(
      `INSERT INTO "RegressionAnswer" ("workspaceId", "modelId", "itemId", "arm", "kind", "text", "outcome", "reason")
       SELECT $1, $2, $3, a.arm::"Arm", 'decline', $4, 'fail', 'went_along' FROM unnest(ARRAY['base', 'tuned']) a(arm)`,
      [company.id, modelId, id, text],
    );
  }
  await act('admin', 'putInUseAction', {
    workspace,
    modelId,
    reason: `Because of ${label(texts[0] ?? '')}`.toWellFormed(),
  });
}

/** Nobody answers there: off, so that nothing is tried again while tests look at the database. */
async function turnOffOnceTried(webhookId: string, act: Act, workspace: string): Promise<void> {
  await expect
    .poll(
      () =>
        sql(
          `SELECT 1 FROM "WebhookAttempt" a JOIN "WebhookDelivery" d ON d."id" = a."deliveryId"
           WHERE d."webhookId" = $1`,
          [webhookId],
        ),
      { timeout: 60_000 },
    )
    .not.toEqual([]);
  const [webhook] = await sql<{ version: number }>(
    'SELECT "version" FROM "Webhook" WHERE "id" = $1',
    [webhookId],
  );
  const version = webhook?.version ?? 0;
  await act('admin', 'switchWebhookAction', { workspace, webhookId, version, on: false });
}

/** One colleague and one session for each text; the three who act, and their workspace, too. */
async function namePeople(company: Company, act: Act, texts: readonly string[]): Promise<void> {
  await act('admin', 'renameWorkspaceAction', { workspace: company.slug, name: texts[0] });
  for (const [at, role] of (['writer', 'reviewer', 'admin'] as const).entries())
    await act(role, 'renameSelfAction', { name: texts[at + 1] });
  for (const text of texts) {
    await addPerson(company, 'writer', text);
    await cookieOf(company.admin);
  }
  await sql(
    `UPDATE "Session" s SET "userAgent" = ($2::text[])[(1 + n.at % cardinality($2::text[]))::int]
     FROM (SELECT "id", row_number() OVER () AS at FROM "Session" WHERE "userId" = $1) n
     WHERE s."id" = n."id"`,
    [company.admin.id, texts],
  );
}

async function writeExamples(
  company: Company,
  datasetId: string,
  texts: readonly string[],
  act: Act,
  post: Post,
): Promise<Filled['examples']> {
  for (const [at, text] of [...texts, joined(texts, 90_000)].entries())
    await post('writer', '/examples', {
      datasetId,
      system: text,
      messages: [
        { role: 'user', content: `${at} ${randomUUID()} ${text}` },
        { role: 'assistant', content: text },
        { role: 'user', content: text },
      ],
      reply: `${text} ${at}`,
      topic: label(text),
      tags: [label(text), `${at}`],
      groupKey: `${at} ${label(text).slice(0, 100)}`,
    });
  await act('writer', 'bulkMoveAction', {
    workspace: company.slug,
    datasetId,
    selection: { filter: {} },
    move: { kind: 'submit' },
  });
  return sql(
    `SELECT "id", "number", "currentRevisionId" AS "revisionId" FROM "Example"
     WHERE "datasetId" = $1 ORDER BY "number"`,
    [datasetId],
  );
}

/** Every third is sent back with a text as the reason, every eighth waits, the others are approved. */
async function decide(datasetId: string, texts: readonly string[], post: Post): Promise<void> {
  const waiting = await sql<{ id: string; version: number; revisionId: string }>(
    `SELECT "id", "version", "currentRevisionId" AS "revisionId" FROM "Example"
     WHERE "datasetId" = $1 AND "status" = 'in_review' ORDER BY "number"`,
    [datasetId],
  );
  expect(waiting.length).toBe(texts.length + 1);
  for (const [at, { id, version, revisionId }] of waiting.entries()) {
    if (at % 8 === 7 || at === waiting.length - 1) continue;
    // A slot that the brief does not know is a blocker.
    const hasSlot = texts[at]?.includes('{{') ?? false;
    const seen = { decisionId: randomUUID(), exampleId: id, revisionId, version };
    await post('reviewer', `/datasets/${datasetId}/review/decisions`, {
      decision:
        at % 3 === 0 || hasSlot
          ? { decision: 'send_back', ...seen, reason: texts[at % texts.length] }
          : { decision: 'approve', ...seen },
    });
  }
}

async function dismissFindings(
  company: Company,
  datasetId: string,
  texts: readonly string[],
  act: Act,
): Promise<void> {
  const findings = await sql<{ id: string }>(
    `SELECT DISTINCT ON ("exampleId") "id" FROM "Finding" WHERE "datasetId" = $1 AND "state" = 'open' AND "severity" = 'warning'`,
    [datasetId],
  );
  expect(findings.length).toBeGreaterThan(0);
  for (const [at, { id }] of findings.entries())
    await act('writer', 'dismissFindingAction', {
      workspace: company.slug,
      findingId: id,
      reason: texts[at % texts.length],
    });
}

/** Files in both formats: names, header cells, rows and bad rows. */
async function importFiles(
  request: APIRequestContext,
  company: Company,
  datasetId: string,
  texts: readonly string[],
  cookie: string,
  act: Act,
): Promise<Pick<Filled, 'csvImportId' | 'jsonlImportId' | 'openImportId'>> {
  const upload = async (name: string, text: string): Promise<string> => {
    const response = await request.post(
      `${origin()}/api/w/${company.slug}/datasets/${datasetId}/imports`,
      {
        headers: { cookie, origin: origin(), 'x-file-name': encodeURIComponent(name) },
        data: Buffer.from(text),
      },
    );
    expect(response.status(), await response.text()).toBe(201);
    return ((await response.json()) as { id: string }).id;
  };
  const header = ['prompt', 'reply', ...texts];
  const rows = texts.map((text, at) => [`${at} ${text}`, `${text} from a file`, ...texts]);
  // A row with more cells than the header is a bad one.
  const csv =
    stringify([header, ...rows]) +
    stringify(texts.map((text) => [...header, ...texts, text, text]));
  const jsonl = texts
    .flatMap((text) => [
      {
        messages: [
          { role: 'user', content: `J ${text}` },
          { role: 'assistant', content: text },
        ],
      },
      { messages: [{ role: text, content: text }], [text]: text },
      { messages: text },
    ])
    .map((row) => `${JSON.stringify(row)}\n`)
    .join('');
  canary('a row of an uploaded file', ...sentencesOf(csv).slice(0, 500));
  for (const text of texts) await upload(`${text}.csv`, csv.slice(0, 20_000));
  const openImportId = await upload(`${texts[0]}.csv`, csv);
  const csvImportId = await upload(`${texts[1]}.csv`, csv);
  const jsonlImportId = await upload(`${texts[2]}.jsonl`, jsonl);
  const mapping = { system: null, author: null, tags: [] };
  for (const [importId, columns] of [
    [csvImportId, { prompt: 0, reply: 1, topic: 2, group: 3 }],
    [jsonlImportId, { prompt: null, reply: null, topic: null, group: null }],
  ] as const) {
    await act('writer', 'checkImportAction', {
      workspace: company.slug,
      importId,
      version: 1,
      mapping: { ...mapping, ...columns },
    });
    await waitFor('the file is checked', 'SELECT "state" FROM "Import" WHERE "id" = $1', [
      importId,
    ]).toBe('checked');
  }
  return { csvImportId, jsonlImportId, openImportId };
}

/** Releases until every text was a note. */
async function freeze(
  company: Company,
  datasetId: string,
  briefId: string,
  texts: readonly string[],
  act: Act,
): Promise<string[]> {
  const ids: string[] = [];
  for (let left = [...texts]; left.length > 0; ) {
    const note = joined(left, 480);
    left = left.filter((text) => !note.includes(text.trim()));
    const { number } = (await act('admin', 'createReleaseAction', {
      workspace: company.slug,
      datasetId,
      briefId,
      note,
    })) as { number: number };
    const where = [datasetId, number];
    await waitFor(
      'the release is frozen',
      'SELECT "state" FROM "Release" WHERE "datasetId" = $1 AND "number" = $2',
      where,
    ).toBe('frozen');
    const [row] = await sql<{ id: string }>(
      'SELECT "id" FROM "Release" WHERE "datasetId" = $1 AND "number" = $2',
      where,
    );
    ids.push(row?.id ?? '');
  }
  return ids;
}

/** Marks an answer as wrong, with the texts as its note; everybody has opened the answers. */
async function markWrong(
  company: Company,
  releaseId: string,
  modelId: string,
  texts: readonly string[],
  act: Act,
): Promise<string> {
  const workspace = company.slug;
  const [held] = await sql<{ exampleId: string }>(
    `SELECT "exampleId" FROM "ReleaseItem" WHERE "releaseId" = $1 AND "split" = 'held_out'
     ORDER BY "position" LIMIT 1`,
    [releaseId],
  );
  const exampleId = held?.exampleId ?? '';
  for (const role of ['writer', 'reviewer', 'admin'] as const)
    for (const known of [false, true])
      await act(role, 'openModelAnswersAction', { workspace, modelId, known, from: 0 });
  await act('writer', 'markAnswerAction', {
    workspace,
    modelId,
    exampleId,
    note: joined(texts, 480),
  });
  return exampleId;
}
