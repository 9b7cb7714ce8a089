import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Filled } from './fill-company';

const app = join(import.meta.dirname, '../app');

const filesCalled = (name: RegExp): string[] =>
  readdirSync(app, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(app, join(entry.parentPath, entry.name)))
    .sort();

/** Every page that exists, as its file in app/. */
export const pageFiles = (): string[] => filesCalled(/^page\.tsx$/);

/** The addresses of every page in a company, by the page's file; several where a page has several states. */
export function pageAddresses(company: Filled): Record<string, string[]> {
  const { slug, datasetId, examples, texts } = company;
  const w = `/w/${slug}`;
  const d = `${w}/datasets/${datasetId}`;
  const last = examples.at(-1)?.number ?? 1;
  const query = (name: string, value = '') => `${name}=${encodeURIComponent(value)}`;
  const path = (link: string) => new URL(link).pathname;
  return {
    '(auth)/invite/[token]/page.tsx': [path(company.invitationLink)],
    '(auth)/link/[token]/page.tsx': [`/link/${'a'.repeat(43)}`],
    '(auth)/reset/[token]/page.tsx': [path(company.resetLink)],
    '(auth)/setup/page.tsx': [`/setup?token=${'a'.repeat(43)}`],
    '(auth)/sign-in/page.tsx': ['/sign-in'],
    'account/page.tsx': ['/account'],
    'page.tsx': ['/'],
    'workspaces/new/page.tsx': ['/workspaces/new'],
    'w/[workspace]/page.tsx': [w],
    'w/[workspace]/people/page.tsx': [`${w}/people`],
    'w/[workspace]/settings/page.tsx': [`${w}/settings`],
    'w/[workspace]/settings/reference/page.tsx': [`${w}/settings/reference`],
    'w/[workspace]/settings/webhooks/page.tsx': [`${w}/settings/webhooks`],
    'w/[workspace]/settings/webhooks/[webhookId]/page.tsx': [
      `${w}/settings/webhooks/${company.webhookId}?${query('before', texts[6])}`,
    ],
    'w/[workspace]/models/page.tsx': [`${w}/models`],
    'w/[workspace]/models/[modelId]/page.tsx': [`${w}/models/${company.modelId}`],
    'w/[workspace]/models/[modelId]/regression/page.tsx': [
      `${w}/models/${company.modelId}/regression?kind=decline&show=all`,
      `${w}/models/${company.modelId}/regression?${query('kind', texts[1])}&${query('show', texts[2])}`,
    ],
    'w/[workspace]/settings/regression-set/page.tsx': [`${w}/settings/regression-set`],
    'w/[workspace]/models/[modelId]/wrong/[exampleId]/page.tsx': [
      `${w}/models/${company.modelId}/wrong/${company.wrongExampleId}`,
    ],
    'w/[workspace]/proofs/page.tsx': [`${w}/proofs`],
    // The vote first: whoever opens the answers on another page ends their voting.
    'w/[workspace]/proofs/[proofId]/vote/page.tsx': [`${w}/proofs/${company.proofId}/vote`],
    'w/[workspace]/proofs/[proofId]/page.tsx': [`${w}/proofs/${company.proofId}`],
    'w/[workspace]/proofs/[proofId]/examples/[position]/page.tsx': [
      `${w}/proofs/${company.proofId}/examples/1`,
      `${w}/proofs/${company.proofId}/examples/2`,
    ],
    'w/[workspace]/proofs/[proofId]/report/page.tsx': [`${w}/proofs/${company.proofId}/report`],
    'w/[workspace]/record/page.tsx': [
      `${w}/record`,
      `${w}/record?${query('action', texts[3])}&${query('actor', texts[4])}`,
    ],
    'w/[workspace]/record/people/page.tsx': [`${w}/record/people?${query('q', texts[5])}`],
    'w/[workspace]/runs/[runId]/page.tsx': [`${w}/runs/${company.runId}`],
    'w/[workspace]/datasets/new/page.tsx': [`${w}/datasets/new`],
    'w/[workspace]/datasets/[datasetId]/page.tsx': [d],
    'w/[workspace]/datasets/[datasetId]/settings/page.tsx': [`${d}/settings`],
    'w/[workspace]/datasets/[datasetId]/brief/page.tsx': [`${d}/brief`],
    'w/[workspace]/datasets/[datasetId]/brief/versions/page.tsx': [`${d}/brief/versions`],
    'w/[workspace]/datasets/[datasetId]/brief/versions/[version]/page.tsx': [
      `${d}/brief/versions/1`,
      `${d}/brief/versions/2`,
    ],
    'w/[workspace]/datasets/[datasetId]/examples/page.tsx': [
      `${d}/examples`,
      `${d}/examples?open=${last}`,
      `${d}/examples?open=1&${query('q', texts[0])}`,
      `${d}/examples?${query('topic', texts[1])}&${query('tag', texts[2])}`,
      `${d}/examples?${query('status', texts[3])}&${query('sort', texts[4])}&${query('cursor', texts[5])}`,
    ],
    'w/[workspace]/datasets/[datasetId]/import/page.tsx': [`${d}/import`],
    'w/[workspace]/datasets/[datasetId]/import/[importId]/page.tsx': [
      `${d}/import/${company.openImportId}`,
      `${d}/import/${company.csvImportId}`,
      `${d}/import/${company.csvImportId}?step=mapping`,
      `${d}/import/${company.jsonlImportId}`,
    ],
    'w/[workspace]/datasets/[datasetId]/releases/page.tsx': [`${d}/releases`],
    'w/[workspace]/datasets/[datasetId]/releases/new/page.tsx': [`${d}/releases/new`],
    'w/[workspace]/datasets/[datasetId]/releases/[number]/page.tsx': company.releaseIds.map(
      (_, at) => `${d}/releases/${at + 1}`,
    ),
    'w/[workspace]/datasets/[datasetId]/releases/[number]/train/page.tsx': [
      `${d}/releases/1/train`,
    ],
    'w/[workspace]/datasets/[datasetId]/review/page.tsx': [
      `${d}/review`,
      `${d}/review?${query('topic', texts[7])}`,
    ],
    'w/[workspace]/datasets/[datasetId]/runs/page.tsx': [`${d}/runs`],
  };
}

/** What may be fetched in a company by GET, beside its pages. */
export function readAddresses(company: Filled): string[] {
  const w = `/api/w/${company.slug}`;
  const d = `${w}/datasets/${company.datasetId}`;
  const { id = '', number = 1 } = company.examples[0] ?? {};
  const mapping = encodeURIComponent(
    JSON.stringify({
      prompt: 0,
      reply: 1,
      system: null,
      topic: null,
      group: null,
      author: null,
      tags: [],
    }),
  );
  const release = `/api/releases/${company.releaseIds[0]}/export`;
  return [
    `${w}/jobs/${company.jobId}`,
    `${w}/examples?dataset=${company.datasetId}&number=${number}`,
    `${w}/examples/${id}`,
    `${w}/examples/${id}/revisions`,
    `${d}/review/decisions`,
    `${d}/imports/${company.csvImportId}/bad-rows`,
    `${d}/imports/${company.csvImportId}/preview?mapping=${mapping}`,
    `${release}?format=openai-chat&split=train`,
    `${release}?format=trl-prompt-completion&split=validation`,
    `${release}/manifest?format=openai-chat&split=train`,
    `/api/runs/${company.runId}/events?once=1`,
    `/api/models/${company.modelId}/adapter`,
  ];
}
