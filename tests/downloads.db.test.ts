// Everything that hands out a file, or texts of people page by page: each leaves its entry.
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AuditAction } from '@/lib/audit/action-names';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import { ask as askIn, inWorkspace, loadEntries } from '@/tests/authorization-calls';
import type { Row } from '@/tests/authorization-rows';
import { createScene, type Scene } from '@/tests/authorization-scene';
import { authorizationTable } from '@/tests/authorization-table';
import { endOpenJobs } from '@/tests/open-jobs';

vi.mock('next/headers', async () => (await import('@/tests/next-request')).nextHeaders);
vi.mock('next/cache', async () => (await import('@/tests/next-request')).nextCache);
vi.mock('next-intl/server', async () => (await import('@/tests/next-request')).nextIntl);

/** The action that each download leaves in the record. */
const downloads: Readonly<Record<string, AuditAction>> = {
  'GET /api/releases/[id]/export': 'export.downloaded',
  'GET /api/releases/[id]/export/manifest': 'export.downloaded',
  'GET /api/models/[id]/adapter': 'model.downloaded',
  'GET /api/proofs/[id]/report': 'proof.report_downloaded',
  'GET /api/w/[workspace]/record': 'record.exported',
  'GET /api/w/[workspace]/regression-set/canaries': 'regression.canaries_downloaded',
  'GET /api/w/[workspace]/datasets/[datasetId]/imports/[importId]/bad-rows':
    'import.bad_rows_downloaded',
  'GET /api/v1/releases/[releaseId]/export': 'export.downloaded',
  'GET /api/v1/releases/[releaseId]/export/manifest': 'export.downloaded',
  'GET /api/v1/proofs/[proofId]/report': 'proof.report_downloaded',
  'GET /api/v1/datasets/[datasetId]/imports/[importId]/bad-rows': 'import.bad_rows_downloaded',
};

/** Files that hold nothing of a workspace, and why. */
const unrecorded: Readonly<Record<string, string>> = {
  'GET /api/w/[workspace]/datasets/[datasetId]/imports/sample': 'a file that ships with the app',
};

let scene: Scene;

beforeAll(async () => {
  await loadEntries();
  scene = await createScene('Downloads');
});
// No worker runs here, and a workspace has only so many places for jobs.
beforeEach(endOpenJobs);
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

async function take(row: Row) {
  const admin = await scene.person('admin');
  const call = await row.call(scene, admin);
  const { id: last } = await db.auditEvent.findFirstOrThrow({
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  const slug = inWorkspace(row) ? { slug: scene.workspace.slug } : {};
  const outcome = await askIn(row, admin, call, slug);
  const entries = await db.auditEvent.findMany({
    where: { id: { gt: last } },
    select: { action: true, actorId: true, workspaceId: true },
  });
  return { admin, outcome, entries };
}

const reads = authorizationTable.filter(({ id }) => id.startsWith('GET '));

describe('a download leaves its entry, with who took it', () => {
  test.each(Object.entries(downloads))('%s: %s', async (id, action) => {
    const row = reads.find((one) => one.id === id);
    if (!row) throw new Error(`${id} has no row in the table of authorizations`);
    const { admin, outcome, entries } = await take(row);
    expect(outcome).toMatchObject({ code: 'ok' });
    expect(entries).toEqual([{ action, actorId: admin.id, workspaceId: scene.workspace.id }]);
  });
});

test('whatever is handed out as a file stands in the list', async () => {
  const found: string[] = [];
  for (const row of reads) {
    await endOpenJobs();
    const { outcome } = await take(row);
    const disposition = outcome.headers?.get('content-disposition') ?? '';
    const type = outcome.headers?.get('content-type') ?? '';
    if (disposition.startsWith('attachment') || type === 'application/jsonl') found.push(row.id);
  }
  const known = [...Object.keys(downloads), ...Object.keys(unrecorded)];
  expect(found.filter((id) => !known.includes(id))).toEqual([]);
  expect(found.length).toBeGreaterThan(8);
});
