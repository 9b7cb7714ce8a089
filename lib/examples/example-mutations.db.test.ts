import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import type { ConflictData } from '@/lib/examples/example-conflict';
import { findRevisions, getExample } from '@/lib/examples/example-detail';
import * as moves from '@/lib/examples/example-moves';
import * as mutations from '@/lib/examples/example-mutations';
import * as findings from '@/lib/examples/finding-mutations';
import { discardWorkingCopy, saveWorkingCopy } from '@/lib/examples/working-copy-mutations';
import type { Viewer } from '@/lib/session';
import {
  approveExample,
  contentOf,
  createDataset,
  createExample,
  createTeam,
} from '@/tests/factories-examples';

let writer: Viewer;
let second: Viewer;
let reviewer: Viewer;
let datasetId: string;
const banned = {
  id: randomUUID(),
  kind: 'banned_phrase',
  severity: 'warning',
  phrases: ['to be honest'],
};

beforeAll(async () => {
  const team = await createTeam('shop');
  writer = team.writer;
  reviewer = team.reviewer;
  second = await team.addPerson('writer', 'Second');
  datasetId = (await createDataset(team.admin, { rules: [banned], slots: ['order'] })).id;
});

const errorOf = async (work: Promise<unknown>): Promise<AppError> => {
  try {
    await work;
  } catch (error) {
    return error as AppError;
  }
  throw new Error('nothing was thrown');
};
const auditOf = (subjectId: string) =>
  db.auditEvent.findMany({ where: { subjectId }, select: { action: true, data: true } });

describe('new examples', () => {
  test('the same request twenty times makes one', async () => {
    const input = { id: randomUUID(), datasetId, ...contentOf('Thank you.', 'Once?') };
    const made = await Promise.all(
      Array.from({ length: 20 }, () => mutations.createExample(writer, input)),
    );
    expect(new Set(made.map((example) => example.row.number)).size).toBe(1);
    expect(await db.example.count({ where: { id: input.id } })).toBe(1);
    expect(await auditOf(input.id)).toHaveLength(1);
  });

  test('an id that another workspace uses gives nothing away', async () => {
    const example = await createExample(writer, datasetId);
    const { admin: stranger } = await createTeam('rival');
    const rival = await createDataset(stranger);
    const error = await errorOf(
      mutations.createExample(stranger, {
        id: example.id,
        datasetId: rival.id,
        ...contentOf('Mine'),
      }),
    );
    expect([error.code, error.data]).toEqual(['CONFLICT', undefined]);
  });

  test('an incomplete text names its parts', async () => {
    const error = await errorOf(
      mutations.createExample(writer, { datasetId, ...contentOf('   ') }),
    );
    expect([error.code, error.fieldErrors]).toEqual(['INVALID', { reply: 'empty' }]);
  });
});

describe('saving', () => {
  test('an edit makes the next revision, keeps the rest and drops the working copy', async () => {
    const { id, revisionId } = await createExample(writer, datasetId, { reply: 'First' });
    await saveWorkingCopy(writer, {
      id,
      baseRevisionId: revisionId,
      version: 0,
      content: contentOf('Second, half ty'),
    });
    expect((await getExample(writer, id)).workingCopy?.content.reply).toBe('Second, half ty');
    expect((await getExample(second, id)).workingCopy).toBeNull();
    const saved = await mutations.saveRevision(writer, {
      id,
      version: 1,
      changes: { reply: 'Second, to be honest' },
    });
    expect(saved.content).toEqual(contentOf('Second, to be honest'));
    expect(saved.workingCopy).toBeNull();
    expect(saved.row).toMatchObject({ version: 2, warnings: 1, blockers: 0, status: 'draft' });
    expect((await auditOf(id)).map((entry) => entry.action)).toEqual(['example.revised']);
  });

  test('somebody else first: nothing is written, both texts come back', async () => {
    const { id } = await createExample(writer, datasetId, { reply: 'Base' });
    await mutations.saveRevision(second, { id, version: 1, changes: { reply: 'Theirs' } });
    const error = await errorOf(
      mutations.saveRevision(writer, { id, version: 1, changes: { reply: 'Mine' } }),
    );
    const data = error.data as ConflictData;
    expect(error.code).toBe('CONFLICT');
    expect([data.theirs.content.reply, data.version, data.authorName]).toEqual([
      'Theirs',
      2,
      'Second of shop',
    ]);
    expect(await db.revision.count({ where: { exampleId: id } })).toBe(2);
  });

  test('the same save again succeeds without a second effect', async () => {
    const { id } = await createExample(writer, datasetId);
    const input = { id, version: 1, changes: { reply: 'Once', topic: 'a' } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => mutations.saveRevision(writer, input)),
    );
    expect(new Set(answers.map((answer) => answer.row.version))).toEqual(new Set([2]));
    expect(await db.revision.count({ where: { exampleId: id } })).toBe(2);
  });

  test('an edit of an approved example goes back into review; the same text does not', async () => {
    const { id } = await createExample(writer, datasetId, { status: 'in_review' });
    await approveExample(reviewer, id);
    const approved = await getExample(writer, id);
    expect(approved.row.status).toBe('approved');
    const same = await mutations.saveRevision(writer, {
      id,
      version: 2,
      changes: { reply: approved.content.reply },
    });
    expect(same.row).toMatchObject({ status: 'approved', version: 2 });
    const edited = await mutations.saveRevision(writer, {
      id,
      version: 2,
      changes: { reply: 'Another' },
    });
    expect(edited.row.status).toBe('in_review');
    const restored = await mutations.restoreRevision(writer, {
      id,
      version: 3,
      revisionId: approved.revision.id,
    });
    expect(restored.row.status).toBe('in_review');
    const history = await findRevisions(writer, id);
    expect(history.map((revision) => revision.origin)).toEqual(['restore', 'typed', 'typed']);
    expect(history[2]).toMatchObject({ isApproved: true, isCurrent: false });
    expect(history[2]?.reviews[0]).toMatchObject({ decision: 'approve' });
  });

  test('topic and tags make no revision', async () => {
    const { id } = await createExample(writer, datasetId);
    const saved = await mutations.saveRevision(writer, {
      id,
      version: 1,
      changes: { topic: 'Delivery', tags: ['a', 'a', 'b'], groupKey: 'T-1' },
    });
    expect(saved.row).toMatchObject({ topic: 'Delivery', tags: ['a', 'b'], version: 2 });
    expect(saved.revision.ordinal).toBe(1);
    expect(
      (await mutations.setTopic(writer, { id, version: 2, topic: null })).row.topic,
    ).toBeNull();
    expect((await mutations.setTags(writer, { id, version: 3, tags: [] })).row.tags).toEqual([]);
    expect((await auditOf(id)).map((entry) => entry.data)).toContainEqual({ fields: ['topic'] });
  });

  test('a copy is a draft that remembers where it comes from', async () => {
    const { id, number } = await createExample(writer, datasetId, {
      status: 'in_review',
      groupKey: 'T-9',
      tags: ['x'],
      reply: 'Well, to be honest',
    });
    const copy = await mutations.duplicateExample(second, { id });
    expect(copy.row).toMatchObject({ status: 'draft', groupKey: 'T-9', tags: ['x'], warnings: 1 });
    expect([copy.source, copy.derivedFrom]).toEqual(['duplicate', number]);
    expect(copy.content.reply).toBe('Well, to be honest');
  });
});

describe('moves', () => {
  test('submit, take back, retire and un-retire; each leaves its entry', async () => {
    const { id } = await createExample(writer, datasetId);
    expect((await moves.submit(writer, { id, version: 1 })).row.status).toBe('in_review');
    expect((await moves.takeBack(writer, { id, version: 2 })).row.status).toBe('draft');
    expect((await moves.retire(reviewer, { id, version: 3 })).row.status).toBe('retired');
    const stopped = await errorOf(
      mutations.saveRevision(writer, { id, version: 4, changes: { reply: 'No' } }),
    );
    expect(stopped.messageKey).toBe('examples.errors.retired');
    expect((await moves.unretire(reviewer, { id, version: 4 })).row.status).toBe('draft');
    expect((await auditOf(id)).map((entry) => entry.action)).toEqual([
      'example.submitted',
      'example.taken_back',
      'example.retired',
      'example.unretired',
    ]);
  });

  test('twenty identical submits have one effect and one answer', async () => {
    const { id } = await createExample(writer, datasetId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => moves.submit(writer, { id, version: 1 })),
    );
    expect(new Set(answers.map((answer) => answer.row.version))).toEqual(new Set([2]));
    expect(await auditOf(id)).toHaveLength(1);
  });

  test('an approved example that is retired and brought back is approved', async () => {
    const { id } = await createExample(writer, datasetId, { status: 'in_review' });
    await approveExample(reviewer, id);
    await moves.retire(reviewer, { id, version: 2 });
    expect((await moves.unretire(reviewer, { id, version: 3 })).row.status).toBe('approved');
  });

  test('a writer does not retire', async () => {
    const { id } = await createExample(writer, datasetId);
    expect((await errorOf(moves.retire(writer, { id, version: 1 }))).code).toBe('FORBIDDEN');
    expect((await getExample(writer, id)).may.retire).toBe('role');
  });
});

describe('working copies', () => {
  test('another window of the same person is not overwritten in silence', async () => {
    const { id, revisionId } = await createExample(writer, datasetId);
    const base = { id, baseRevisionId: revisionId };
    const first = await saveWorkingCopy(writer, { ...base, version: 0, content: contentOf('a') });
    expect(first.version).toBe(1);
    const again = await saveWorkingCopy(writer, { ...base, version: 0, content: contentOf('a') });
    expect(again.version).toBe(1);
    const error = await errorOf(
      saveWorkingCopy(writer, { ...base, version: 0, content: contentOf('b') }),
    );
    expect([error.code, error.data]).toMatchObject(['CONFLICT', { version: 1 }]);
    await saveWorkingCopy(writer, { ...base, version: 1, content: contentOf('') });
    await discardWorkingCopy(writer, { id });
    expect((await getExample(writer, id)).workingCopy).toBeNull();
    const state = await getExample(second, id);
    expect(state.row).toMatchObject({ version: 1, hasWorkingCopy: false });
  });
});

describe('findings', () => {
  test('a warning is set aside with a reason and stays so; a blocker does not', async () => {
    const { id } = await createExample(writer, datasetId, {
      reply: 'It is late, to be honest. {{ordr}}',
    });
    const { findings: found } = await getExample(writer, id);
    const warning = found.find((finding) => finding.severity === 'warning')?.id ?? '';
    const blocker = found.find((finding) => finding.severity === 'blocker')?.id ?? '';
    const after = await findings.dismissFinding(writer, {
      findingId: warning,
      reason: 'A quotation',
    });
    expect(after.row).toMatchObject({ warnings: 0, blockers: 1 });
    const saved = await mutations.saveRevision(writer, {
      id,
      version: 1,
      changes: { reply: 'It is very late, to be honest.' },
    });
    expect(saved.row).toMatchObject({ warnings: 0, blockers: 0 });
    const error = await errorOf(
      findings.dismissFinding(writer, { findingId: blocker, reason: 'No' }),
    );
    expect(error.name).toBeDefined();
    const again = await createExample(writer, datasetId, { reply: '{{ordr}}' });
    const [only] = (await getExample(writer, again.id)).findings;
    const refused = await errorOf(
      findings.dismissFinding(writer, { findingId: only?.id ?? '', reason: 'Because' }),
    );
    expect(refused.messageKey).toBe('examples.errors.blockerStays');
    const id2 = saved.findings[0]?.id ?? '';
    expect((await findings.reopenFinding(writer, { findingId: id2 })).row.warnings).toBe(1);
  });
});
