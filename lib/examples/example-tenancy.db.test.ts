import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import { bulkMove, undoBulk } from '@/lib/examples/bulk-mutations';
import { findRevisions, getExample } from '@/lib/examples/example-detail';
import * as moves from '@/lib/examples/example-moves';
import * as mutations from '@/lib/examples/example-mutations';
import * as findings from '@/lib/examples/finding-mutations';
import { discardWorkingCopy, saveWorkingCopy } from '@/lib/examples/working-copy-mutations';
import type { Viewer } from '@/lib/session';
import { contentOf, createDataset, createExample, createTeam } from '@/tests/factories-examples';

let writer: Viewer;
let stranger: Viewer;
let datasetId: string;

beforeAll(async () => {
  const team = await createTeam('shop');
  writer = team.writer;
  const rules = [
    {
      id: '0190f000-0000-7000-8000-000000000001',
      kind: 'banned_phrase',
      severity: 'warning',
      phrases: ['to be honest'],
    },
  ];
  datasetId = (await createDataset(team.admin, { rules })).id;
  stranger = (await createTeam('rival')).admin;
});

const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
};

describe('another workspace', () => {
  test('gets the same answer for every id that is not its own', async () => {
    const { id, revisionId } = await createExample(writer, datasetId, { reply: 'to be honest' });
    const findingId = (await getExample(writer, id)).findings[0]?.id ?? '';
    const missing = '01890000-0000-7000-8000-000000000000';
    const ways: ((own: boolean) => Promise<unknown>)[] = [
      (own) => getExample(stranger, own ? id : missing),
      (own) => findRevisions(stranger, own ? id : missing),
      (own) =>
        mutations.saveRevision(stranger, {
          id: own ? id : missing,
          version: 1,
          changes: { reply: 'x' },
        }),
      (own) =>
        mutations.restoreRevision(stranger, { id: own ? id : missing, version: 1, revisionId }),
      (own) => mutations.duplicateExample(stranger, { id: own ? id : missing }),
      (own) =>
        mutations.createExample(stranger, {
          datasetId: own ? datasetId : missing,
          ...contentOf('x'),
        }),
      (own) => moves.submit(stranger, { id: own ? id : missing, version: 1 }),
      (own) => moves.retire(stranger, { id: own ? id : missing, version: 1 }),
      (own) =>
        saveWorkingCopy(stranger, {
          id: own ? id : missing,
          baseRevisionId: revisionId,
          version: 0,
          content: contentOf('x'),
        }),
      (own) => discardWorkingCopy(stranger, { id: own ? id : missing }),
      (own) =>
        findings.dismissFinding(stranger, {
          findingId: own ? findingId : missing,
          reason: 'reason',
        }),
      (own) =>
        bulkMove(stranger, {
          datasetId: own ? datasetId : missing,
          selection: { filter: {} },
          move: { kind: 'submit' },
        }),
      (own) => undoBulk(stranger, { jobId: own ? id : missing }),
    ];
    for (const way of ways) {
      const foreign = await errorOf(way(true));
      expect(foreign.code).toBe('NOT_FOUND');
      expect(JSON.stringify(foreign)).toBe(JSON.stringify(await errorOf(way(false))));
    }
    const state = await getExample(writer, id);
    expect(state.row).toMatchObject({ version: 1, status: 'draft' });
    expect(await db.auditEvent.count({ where: { workspaceId: stranger.workspaceId } })).toBe(0);
  });
});
