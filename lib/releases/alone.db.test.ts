// Guarantees that usually stand behind another one, each tried where it stands alone; and what a
// release and a run refuse on their own.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import { createRun } from '@/lib/training/run-mutations';
import { appSql, ownerSql } from '@/tests/database';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { edit } from '@/tests/factories-reviews';
import { createQuote } from '@/tests/factories-runs';

let team: Awaited<ReturnType<typeof createTeam>>;
let strangers: Awaited<ReturnType<typeof createTeam>>;
let datasetId: string;
let elsewhere: string;
let foreign: string;
let briefId: string;
let releaseId: string;
let examples: { id: string; revisionId: string }[];

beforeAll(async () => {
  team = await createTeam('bicycles');
  strangers = await createTeam('violins');
  ({ id: datasetId } = await createDataset(team.admin));
  ({ id: elsewhere } = await createDataset(team.admin));
  ({ id: foreign } = await createDataset(strangers.admin));
  briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  examples = [];
  for (let n = 0; n < 14; n += 1)
    examples.push(
      await createApproved(team.writer, team.reviewer, datasetId, { prompt: questionOf(n) }),
    );
  const blocked = examples[12]?.id ?? '';
  await db.finding.create({
    data: {
      workspaceId: team.workspace.id,
      datasetId,
      exampleId: blocked,
      revisionId: examples[12]?.revisionId ?? '',
      check: 'length',
      severity: 'blocker',
      detail: {},
    },
  });
  releaseId = await freeze(team.admin, datasetId, briefId);
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const workspaceId = () => team.workspace.id;
const newReview = `INSERT INTO "Review" ("workspaceId", "exampleId", "revisionId", "revisionAuthorId", "reviewerId", "decision", "reason")
  VALUES ($1, $2, $3, $4, $5, $6::"Decision", $7)`;

describe('the database, where one guarantee stands alone', () => {
  const kept = [
    'Revision',
    'Review',
    'ReleaseItem',
    'ReleaseExclusion',
    'Export',
    'AuditEvent',
    'AuditSeal',
  ];
  const column: Record<string, string> = {
    Revision: '"replyText" = \'x\'',
    Review: '"reason" = \'x\'',
    ReleaseItem: '"position" = 900',
    ReleaseExclusion: '"reason" = \'draft\'',
    Export: '"rows" = 0',
    AuditEvent: '"action" = \'x\'',
    AuditSeal: '"hash" = \'x\'',
  };
  test.each(kept)('the owner changes, removes and empties nothing of %s', async (table) => {
    await expect(ownerSql(`UPDATE "${table}" SET ${column[table]}`)).rejects.toThrow(
      /immutable_row/,
    );
    await expect(ownerSql(`DELETE FROM "${table}"`)).rejects.toThrow(/immutable_row/);
    await expect(ownerSql(`TRUNCATE "${table}" CASCADE`)).rejects.toThrow(
      new RegExp(`immutable_row in ${table}`),
    );
  });
  test.each(kept)('the app has no right to change %s', async (table) => {
    for (const sql of [
      `UPDATE "${table}" SET ${column[table]} WHERE false`,
      `DELETE FROM "${table}" WHERE false`,
      `TRUNCATE "${table}"`,
    ])
      await expect(appSql(sql)).rejects.toThrow(/permission denied/);
  });
  test.each(['Brief', 'Release'])('a row of %s is not removed', async (table) => {
    const { id } = await createDataset(team.admin);
    const brief = await createApprovedBrief(team.admin, team.reviewer, id);
    if (table === 'Release')
      await ownerSql(
        `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById") VALUES ($1, $2, 1, $3, $4)`,
        [workspaceId(), id, brief, team.admin.userId],
      );
    await expect(ownerSql(`DELETE FROM "${table}" WHERE "datasetId" = $1`, [id])).rejects.toThrow(
      /immutable_row/,
    );
  });

  test('nobody approves their own text, also after another person did', async () => {
    const one = await createApproved(team.writer, team.reviewer, elsewhere, { prompt: 'own' });
    await db.example.update({
      where: { id: one.id },
      data: { status: 'in_review', approvedRevisionId: null },
    });
    const author = team.writer.userId;
    await expect(
      appSql(newReview, [workspaceId(), one.id, one.revisionId, author, author, 'approve', null]),
    ).rejects.toThrow(/Review_not_own_text/);
  });

  test('a review names the true author and a revision of its example', async () => {
    const [one, two] = [
      await createExample(team.writer, elsewhere, { status: 'in_review' }),
      await createExample(team.writer, elsewhere, { status: 'in_review' }),
    ];
    const { admin, reviewer, writer } = team;
    await expect(
      appSql(newReview, [
        workspaceId(),
        one.id,
        one.revisionId,
        admin.userId,
        reviewer.userId,
        'approve',
        null,
      ]),
    ).rejects.toThrow(/Review_revision_author_fkey/);
    await expect(
      appSql(newReview, [
        workspaceId(),
        one.id,
        two.revisionId,
        writer.userId,
        reviewer.userId,
        'send_back',
        'x',
      ]),
    ).rejects.toThrow(/Review_revision_example_fkey/);
  });

  test('an example keeps to its own revisions, placement and workspace', async () => {
    const [one, two] = [examples[0], examples[1]];
    await expect(
      appSql(
        'UPDATE "Example" SET "status" = \'retired\', "approvedRevisionId" = $2 WHERE "id" = $1',
        [one?.id, two?.revisionId],
      ),
    ).rejects.toThrow(/Example_approvedRevision_fkey/);
    const { id } = await createExample(team.writer, elsewhere);
    await expect(
      appSql('UPDATE "Example" SET "split" = \'training\' WHERE "id" = $1', [id]),
    ).rejects.toThrow(/Example_placed_at/);
    await expect(
      appSql(
        `INSERT INTO "Example" ("workspaceId", "datasetId", "number", "status", "promptHash", "pairHash", "createdById", "authorId", "updatedAt")
         VALUES ($1, $2, 900, 'draft', '', '', $3, $3, now())`,
        [workspaceId(), foreign, team.writer.userId],
      ),
    ).rejects.toThrow(/Example_dataset_workspace_fkey/);
    await expect(
      appSql(
        `INSERT INTO "Revision" ("workspaceId", "exampleId", "ordinal", "content", "contentHash", "authorId", "origin", "promptText", "replyText")
         VALUES ($1, $2, 900, '{}', '', $3, 'typed', '', '')`,
        [strangers.workspace.id, one?.id, team.writer.userId],
      ),
    ).rejects.toThrow(/Revision_example_workspace_fkey/);
  });

  test('a brief is approved by somebody at some time', async () => {
    await expect(
      appSql(
        `INSERT INTO "Brief" ("workspaceId", "datasetId", "version", "task", "systemPrompt", "guidelines", "rules", "contentHash", "authorId", "approvedById")
         VALUES ($1, $2, 9, '', '', '', '[]', '', $3, $4)`,
        [workspaceId(), datasetId, team.admin.userId, team.reviewer.userId],
      ),
    ).rejects.toThrow(/Brief_approved_at/);
  });

  test('a release keeps to its dataset, its brief and its workspace', async () => {
    const insert = `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById") VALUES ($1, $2, 900, $3, $4)`;
    const by = team.admin.userId;
    await expect(appSql(insert, [workspaceId(), elsewhere, briefId, by])).rejects.toThrow(
      /Release_brief_dataset_fkey/,
    );
    await expect(appSql(insert, [strangers.workspace.id, datasetId, briefId, by])).rejects.toThrow(
      /Release_dataset_workspace_fkey/,
    );
  });

  test('an item names an approval of exactly its revision', async () => {
    const { id } = await createDataset(team.admin);
    const brief = await createApprovedBrief(team.admin, team.reviewer, id);
    const [one, two] = [
      await createApproved(team.writer, team.reviewer, id, { prompt: 'first of two' }),
      await createApproved(team.writer, team.reviewer, id, { prompt: 'second of them' }),
    ];
    await appSql(
      'UPDATE "Example" SET "split" = \'training\', "placedAt" = now() WHERE "id" = $1',
      [one.id],
    );
    const [open] = await appSql<{ id: string }>(
      `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById") VALUES ($1, $2, 1, $3, $4) RETURNING "id"`,
      [workspaceId(), id, brief, team.admin.userId],
    );
    const review = async (revisionId: string) =>
      (await db.review.findFirstOrThrow({ where: { revisionId } })).id;
    const item = (reviewId: string, decision: string) =>
      appSql(
        `INSERT INTO "ReleaseItem" ("releaseId", "exampleId", "revisionId", "reviewId", "decision", "split", "position")
         VALUES ($1, $2, $3, $4, $5::"Decision", 'training', 0)`,
        [open?.id, one.id, one.revisionId, reviewId, decision],
      );
    await expect(item(await review(two.revisionId), 'approve')).rejects.toThrow(
      /ReleaseItem_review_fkey/,
    );
    await expect(item(await review(one.revisionId), 'send_back')).rejects.toThrow(
      /ReleaseItem_decision_is_approve/,
    );
    const definition = await ownerSql<{ text: string }>(
      `SELECT pg_get_constraintdef(oid) AS "text" FROM pg_constraint WHERE conname = 'ReleaseItem_revision_fkey'`,
    );
    // ReleaseItem_guard refuses every row that could show it, so its words are compared.
    expect(definition[0]?.text).toMatch(/^FOREIGN KEY \("revisionId", "exampleId"\) REFERENCES/);
  });

  test('files, quotes and runs stay in the workspace of their release', async () => {
    const other = strangers.workspace.id;
    await expect(
      appSql(
        `INSERT INTO "Export" ("workspaceId", "releaseId", "format", "split", "fileKey", "sha256", "bytes", "rows", "manifestKey", "manifestSha256")
         VALUES ($1, $2, 'x', 'training', '', '', 0, 0, '', '')`,
        [other, releaseId],
      ),
    ).rejects.toThrow(/Export_release_workspace_fkey/);
    await expect(quote({ workspaceId: other })).rejects.toThrow(/Quote_release_workspace_fkey/);
    const { id: quoteId } = await quote();
    await expect(
      appSql(
        `INSERT INTO "Run" ("workspaceId", "releaseId", "quoteId", "number", "seed", "createdById") VALUES ($1, $2, $3, 900, 1, $4)`,
        [other, releaseId, quoteId, team.admin.userId],
      ),
    ).rejects.toThrow(/Run_release_workspace_fkey/);
  });
});

const quote = (over: { workspaceId?: string; releaseId?: string } = {}) =>
  createQuote(team.admin, releaseId, over);

describe('a release', () => {
  test('leaves out what a blocker stands against, and what is approved no more', async () => {
    const items = await db.releaseItem.findMany({ where: { releaseId } });
    expect(items.map((item) => item.exampleId)).not.toContain(examples[12]?.id);
    expect(items).toHaveLength(13);
    const gone = items.find((item) => item.split === 'training')?.exampleId ?? '';
    await withdrawApproval(team.reviewer, { exampleId: gone });
    const edited = items.find((item) => item.exampleId !== gone)?.exampleId ?? '';
    await edit(team.writer, edited, 'Another answer.');
    const second = await freeze(team.admin, datasetId, briefId);
    const { state } = await db.release.findUniqueOrThrow({ where: { id: second } });
    expect(state).toBe('frozen');
    const later = await db.releaseItem.findMany({ where: { releaseId: second } });
    expect(later.map((item) => item.exampleId).sort()).toEqual(
      items
        .map((item) => item.exampleId)
        .filter((id) => id !== gone && id !== edited)
        .sort(),
    );
  });

  test('leaves out a training row that came to touch a held-out one', async () => {
    const id = (await createDataset(team.admin)).id;
    const brief = await createApprovedBrief(team.admin, team.reviewer, id);
    for (let n = 0; n < 12; n += 1)
      await createApproved(team.writer, team.reviewer, id, { prompt: questionOf(n) });
    const first = await freeze(team.admin, id, brief);
    const items = await db.releaseItem.findMany({ where: { releaseId: first } });
    const one = items.find((item) => item.split === 'training')?.exampleId ?? '';
    const held = items.find((item) => item.split === 'held_out')?.exampleId ?? '';
    await db.example.updateMany({ where: { id: { in: [one, held] } }, data: { groupKey: 'same' } });
    const second = await freeze(team.admin, id, brief);
    const later = await db.releaseItem.findMany({ where: { releaseId: second } });
    expect(later.map((item) => item.exampleId)).toContain(held);
    expect(later.map((item) => item.exampleId)).not.toContain(one);
    expect(await db.releaseExclusion.findMany({ where: { releaseId: second } })).toMatchObject([
      { exampleId: one, reason: 'split_conflict' },
    ]);
  });
});

describe('a run', () => {
  const start = (quoteId: string, of: string, acceptWithdrawn = false) =>
    createRun(team.admin, {
      releaseId: of,
      quoteId,
      idempotencyKey: `key of ${quoteId}`,
      acceptWithdrawn,
    });

  test('asks first when an approval was withdrawn since the freeze', async () => {
    const id = (await createDataset(team.admin)).id;
    const brief = await createApprovedBrief(team.admin, team.reviewer, id);
    for (let n = 0; n < 12; n += 1)
      await createApproved(team.writer, team.reviewer, id, { prompt: questionOf(n) });
    const release = await freeze(team.admin, id, brief);
    const { exampleId } = await db.releaseItem.findFirstOrThrow({ where: { releaseId: release } });
    const { id: quoteId } = await quote({ releaseId: release });
    await withdrawApproval(team.reviewer, { exampleId });
    await expect(start(quoteId, release)).rejects.toMatchObject({
      code: 'CONFLICT',
      data: { withdrawn: 1 },
    });
    expect(await start(quoteId, release, true)).toMatchObject({ number: 1 });
  });

  test('needs a frozen release', async () => {
    const id = (await createDataset(team.admin)).id;
    const brief = await createApprovedBrief(team.admin, team.reviewer, id);
    const failed = await freeze(team.admin, id, brief);
    const { id: quoteId } = await quote({ releaseId: failed });
    await expect(start(quoteId, failed)).rejects.toMatchObject({
      messageKey: 'training.errors.notFrozen',
    });
  });
});
