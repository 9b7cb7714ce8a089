import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disconnect } from '@/lib/db';
import { stopQueue } from '@/lib/queue';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { appSql, ownerSql } from '@/tests/database';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { edit } from '@/tests/factories-reviews';

/** The database's own guarantees, tried by plain SQL as the app's role: around all code. */
let ids: Record<string, string>;

beforeAll(async () => {
  const team = await createTeam('bicycles');
  const { id: dataset } = await createDataset(team.admin);
  const brief = await createApprovedBrief(team.admin, team.reviewer, dataset);
  const approved = [];
  for (let n = 0; n < 12; n += 1) {
    approved.push(
      await createApproved(team.writer, team.reviewer, dataset, { prompt: questionOf(n) }),
    );
  }
  const release = await freeze(team.admin, dataset, brief);
  const draft = await createExample(team.writer, dataset, { prompt: 'a draft' });
  const waiting = await createExample(team.writer, dataset, {
    prompt: 'it waits',
    status: 'in_review',
  });
  const rewritten = await createExample(team.writer, dataset, { prompt: 'it was rewritten' });
  await edit(team.writer, rewritten.id, 'A newer text.');
  const { id: elsewhere } = await createDataset(team.admin);
  const strangers = await createTeam('violins');
  const { id: foreign } = await createDataset(strangers.admin);
  const [review] = await ownerSql<{ id: string }>(
    'SELECT "id" FROM "Review" WHERE "revisionId" = $1',
    [approved[0]?.revisionId],
  );
  await ownerSql(
    `INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "createdById") VALUES ($1, $2, 99, $3, $4)`,
    [team.workspace.id, dataset, brief, team.admin.userId],
  );
  const [open] = await ownerSql<{ id: string }>('SELECT "id" FROM "Release" WHERE "number" = 99');
  ids = {
    workspace: team.workspace.id,
    foreignWorkspace: strangers.workspace.id,
    dataset,
    elsewhere,
    foreign,
    brief,
    writer: team.writer.userId,
    reviewer: team.reviewer.userId,
    admin: team.admin.userId,
    approved: approved[0]?.id ?? '',
    approvedRevision: approved[0]?.revisionId ?? '',
    review: review?.id ?? '',
    draft: draft.id,
    draftRevision: draft.revisionId,
    waiting: waiting.id,
    waitingRevision: waiting.revisionId,
    overtakenRevision: rewritten.revisionId,
    release,
    openRelease: open?.id ?? '',
  };
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

/** Fills `:name` in a statement with the ids of the scene. */
const fill = (sql: string) =>
  sql.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name];
    if (!id) throw new Error(`no id ${name}`);
    return `'${id}'`;
  });

const newReview = (columns: string) =>
  `INSERT INTO "Review" ("workspaceId", "exampleId", "revisionId", "revisionAuthorId", "reviewerId", "decision", "reason", "withdrawsId") VALUES (${columns})`;
const newItem = (columns: string) =>
  `INSERT INTO "ReleaseItem" ("releaseId", "exampleId", "revisionId", "reviewId", "decision", "split", "position") VALUES (${columns})`;

const denied = /permission denied/;
const refusals: [string, string, RegExp][] = [
  [
    'a revision is not changed',
    'UPDATE "Revision" SET "replyText" = \'x\' WHERE "id" = :draftRevision',
    denied,
  ],
  ['a revision is not deleted', 'DELETE FROM "Revision" WHERE "id" = :draftRevision', denied],
  [
    'a review is not changed',
    'UPDATE "Review" SET "reviewerId" = :admin WHERE "id" = :review',
    denied,
  ],
  ['a review is not deleted', 'DELETE FROM "Review" WHERE "id" = :review', denied],
  [
    'a release item is not changed',
    'UPDATE "ReleaseItem" SET "split" = \'held_out\' WHERE "releaseId" = :release',
    denied,
  ],
  [
    'a release item is not deleted',
    'DELETE FROM "ReleaseItem" WHERE "releaseId" = :release',
    denied,
  ],
  ['the record is not changed', 'UPDATE "AuditEvent" SET "action" = \'x\'', denied],
  ['the record is not deleted', 'DELETE FROM "AuditEvent"', denied],
  ['the record is not emptied', 'TRUNCATE "AuditEvent"', denied],
  ['an export is not changed', 'UPDATE "Export" SET "sha256" = \'x\'', denied],
  ['triggers are not switched off', 'ALTER TABLE "Revision" DISABLE TRIGGER ALL', /must be owner/],
  [
    'a release is not deleted',
    'DELETE FROM "Release" WHERE "id" = :release',
    /immutable_row|violates foreign key/,
  ],
  [
    'a brief is not deleted',
    'DELETE FROM "Brief" WHERE "id" = :brief',
    /immutable_row|violates foreign key/,
  ],
  [
    'a brief is not changed',
    'UPDATE "Brief" SET "systemPrompt" = \'x\' WHERE "id" = :brief',
    /brief_version_is_final/,
  ],
  [
    'a frozen release is not changed',
    'UPDATE "Release" SET "note" = \'x\' WHERE "id" = :release',
    /release_is_final/,
  ],
  [
    'a release does not begin frozen',
    'INSERT INTO "Release" ("workspaceId", "datasetId", "number", "briefId", "state", "createdById") VALUES (:workspace, :dataset, 5, :brief, \'frozen\', :admin)',
    /release_begins_freezing/,
  ],
  [
    'approved needs an approved revision',
    'UPDATE "Example" SET "status" = \'approved\' WHERE "id" = :draft',
    /Example_approved_is_current/,
  ],
  [
    'approved needs a review',
    'UPDATE "Example" SET "status" = \'approved\', "approvedRevisionId" = "currentRevisionId" WHERE "id" = :draft',
    /approved_without_approval/,
  ],
  [
    'a draft does not carry its approval',
    'UPDATE "Example" SET "approvedRevisionId" = "currentRevisionId" WHERE "id" = :draft',
    /Example_current_is_approved/,
  ],
  [
    'an approved one does not become a draft in silence',
    'UPDATE "Example" SET "status" = \'draft\' WHERE "id" = :approved',
    /Example_current_is_approved/,
  ],
  [
    'the current revision is its own',
    'UPDATE "Example" SET "currentRevisionId" = :overtakenRevision WHERE "id" = :draft',
    /Example_currentRevisionId_fkey/,
  ],
  [
    'placement is final',
    'UPDATE "Example" SET "split" = (CASE "split" WHEN \'training\' THEN \'held_out\' ELSE \'training\' END)::"Split" WHERE "id" = :approved',
    /placement_is_final/,
  ],
  [
    'placement is not forgotten',
    'UPDATE "Example" SET "split" = NULL, "placedAt" = NULL WHERE "id" = :approved',
    /placement_is_final/,
  ],
  [
    'an example does not move to another dataset',
    'UPDATE "Example" SET "datasetId" = :elsewhere WHERE "id" = :draft',
    /example_identity_is_final/,
  ],
  [
    'an example does not cross the border',
    'UPDATE "Example" SET "workspaceId" = :foreignWorkspace WHERE "id" = :draft',
    /example_identity_is_final|foreign key/,
  ],
  [
    'nobody approves their own text',
    newReview(`:workspace, :waiting, :waitingRevision, :writer, :writer, 'approve', NULL, NULL`),
    /Review_not_own_text|approval_of_own_text/,
  ],
  [
    'nobody approves under a false author',
    newReview(`:workspace, :waiting, :waitingRevision, :admin, :writer, 'approve', NULL, NULL`),
    /Review_revision_author_fkey|approval_of_own_text/,
  ],
  [
    'nothing outside the review is approved',
    newReview(`:workspace, :draft, :draftRevision, :writer, :reviewer, 'approve', NULL, NULL`),
    /approval_outside_review/,
  ],
  [
    'no revision of another example is approved',
    newReview(`:workspace, :waiting, :draftRevision, :writer, :reviewer, 'approve', NULL, NULL`),
    /approval_of_old_revision/,
  ],
  [
    'sending back needs a reason',
    newReview(
      `:workspace, :waiting, :waitingRevision, :writer, :reviewer, 'send_back', '  ', NULL`,
    ),
    /Review_reason_when_sent_back/,
  ],
  [
    'a withdrawal names what it withdraws',
    newReview(`:workspace, :waiting, :waitingRevision, :writer, :reviewer, 'withdraw', NULL, NULL`),
    /Review_withdrawal_names_review/,
  ],
  [
    'a withdrawal is of the same revision',
    newReview(
      `:workspace, :waiting, :waitingRevision, :writer, :reviewer, 'withdraw', NULL, :review`,
    ),
    /withdrawal_of_nothing/,
  ],
  [
    'a review stays in its workspace',
    newReview(
      `:foreignWorkspace, :waiting, :waitingRevision, :writer, :reviewer, 'send_back', 'x', NULL`,
    ),
    /Review_example_workspace_fkey/,
  ],
  [
    'no item enters a frozen release',
    newItem(`:release, :waiting, :waitingRevision, :review, 'approve', 'training', 900`),
    /release_is_final/,
  ],
  [
    'no item without its approval',
    newItem(`:openRelease, :waiting, :waitingRevision, :review, 'approve', 'training', 900`),
    /release_item_not_approved/,
  ],
  [
    'no item with another decision',
    newItem(
      `:openRelease, :approved, :approvedRevision, :review, 'send_back', (SELECT "split" FROM "Example" WHERE "id" = :approved), 900`,
    ),
    /ReleaseItem_decision_is_approve|ReleaseItem_review_fkey/,
  ],
  [
    'no item in another split than placed',
    newItem(
      `:openRelease, :approved, :approvedRevision, :review, 'approve', (SELECT (CASE "split" WHEN 'training' THEN 'held_out' ELSE 'training' END)::"Split" FROM "Example" WHERE "id" = :approved), 900`,
    ),
    /release_item_not_as_placed/,
  ],
  [
    'no export of held-out rows',
    'INSERT INTO "Export" ("workspaceId", "releaseId", "format", "split", "fileKey", "sha256", "bytes", "rows", "manifestKey", "manifestSha256") VALUES (:workspace, :release, \'x\', \'held_out\', \'\', \'\', 0, 0, \'\', \'\')',
    /Export_never_held_out/,
  ],
  [
    'a brief is not approved by its author',
    'INSERT INTO "Brief" ("workspaceId", "datasetId", "version", "task", "systemPrompt", "guidelines", "rules", "contentHash", "authorId", "approvedById", "approvedAt") VALUES (:workspace, :dataset, 7, \'\', \'\', \'\', \'[]\', \'\', :admin, :admin, now())',
    /Brief_not_own_version/,
  ],
  [
    'a dataset of another workspace gets no brief',
    'INSERT INTO "Brief" ("workspaceId", "datasetId", "version", "task", "systemPrompt", "guidelines", "rules", "contentHash", "authorId") VALUES (:workspace, :foreign, 7, \'\', \'\', \'\', \'[]\', \'\', :admin)',
    /Brief_dataset_workspace_fkey/,
  ],
  [
    'the last admin does not leave',
    'DELETE FROM "Member" WHERE "workspaceId" = :workspace AND "userId" = :admin',
    /last_admin/,
  ],
  [
    'the last admin stays admin',
    'UPDATE "Member" SET "role" = \'writer\' WHERE "workspaceId" = :workspace AND "userId" = :admin',
    /last_admin/,
  ],
  [
    'a released example is not erased',
    'SELECT erase_example(:approved, :admin)',
    /example_is_released/,
  ],
];

describe('the database refuses, whatever the code does', () => {
  test.each(refusals)('%s', async (_name, sql, message) => {
    await expect(appSql(fill(sql))).rejects.toThrow(message);
  });

  test('saying that one erases does not help', async () => {
    await expect(
      appSql(
        fill(
          `SELECT set_config('apprentice.erasing', 'on', false); DELETE FROM "Revision" WHERE "id" = :draftRevision`,
        ),
      ),
    ).rejects.toThrow(denied);
  });

  test('even the owner of the tables changes no revision', async () => {
    await expect(
      ownerSql(fill('UPDATE "Revision" SET "replyText" = \'x\' WHERE "id" = :draftRevision')),
    ).rejects.toThrow(/immutable_row/);
  });

  test('the audited path removes an unreleased example and says so in the record', async () => {
    await appSql(fill('SELECT erase_example(:draft, :admin)'));
    expect(await appSql(fill('SELECT 1 FROM "Revision" WHERE "exampleId" = :draft'))).toEqual([]);
    const [entry] = await appSql<{ action: string }>(
      fill('SELECT "action" FROM "AuditEvent" WHERE "subjectId" = :draft'),
    );
    expect(entry?.action).toBe('example.erased');
  });
});
