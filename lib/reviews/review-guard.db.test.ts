import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import { claimNext } from '@/lib/reviews/claim-mutations';
import { fourEyesCases, type Step } from '@/lib/reviews/review-cases';
import { approve, correctAndPassOn } from '@/lib/reviews/review-mutations';
import { withdrawApproval } from '@/lib/reviews/withdrawal-mutations';
import type { Viewer } from '@/lib/session';
import { appSql } from '@/tests/database';
import { contentOf } from '@/tests/factories-examples';
import {
  createDesk,
  createInReview,
  type Desk,
  edit,
  seenNow,
  stateOf,
} from '@/tests/factories-reviews';

/** Plays the past of a case with the app's own code; people appear by their letters. */
async function play(desk: Desk, steps: Step[]) {
  const people = new Map<string, Viewer>();
  const person = async (letter: string) => {
    const known = people.get(letter) ?? (await desk.person('reviewer', letter));
    people.set(letter, known);
    return known;
  };
  let exampleId = '';
  for (const [index, step] of steps.entries()) {
    if ('write' in step && !exampleId) {
      const coAuthorId = step.with ? (await person(step.with)).userId : undefined;
      const author = await person(step.write);
      const example = await createInReview(
        author,
        desk.datasetId,
        coAuthorId ? { coAuthorId } : {},
      );
      exampleId = example.exampleId;
    } else if ('write' in step) {
      await edit(await person(step.write), exampleId, `Reply ${index}`);
    } else if ('correct' in step) {
      const seen = await seenNow(desk.datasetId, exampleId);
      const content = contentOf(`Correction ${index}`);
      await correctAndPassOn(await person(step.correct), { ...seen, content });
    } else if ('approve' in step) {
      await approve(await person(step.approve), await seenNow(desk.datasetId, exampleId));
    } else {
      await withdrawApproval(await person(step.withdraw), { exampleId });
    }
  }
  return { exampleId, person };
}

describe('the database, the mutation and the queue agree with the table', () => {
  test.each(fourEyesCases)('$name: $expected', async ({ steps, reviewer, expected }) => {
    const desk = await createDesk();
    const { exampleId, person } = await play(desk, steps);
    const viewer = await person(reviewer);
    const seen = await seenNow(desk.datasetId, exampleId);

    const queued = await claimNext(viewer, {
      datasetId: desk.datasetId,
      topic: null,
      order: 'oldest',
      after: null,
      skip: [],
    });
    expect(queued?.exampleId ?? null).toBe(expected ? null : exampleId);

    const { authorId } = await db.revision.findUniqueOrThrow({
      where: { id: seen.revisionId },
      select: { authorId: true },
    });
    // Past the app's code: the row alone, undone by what it returns where it is taken.
    const insert = appSql(
      `INSERT INTO "Review" ("workspaceId", "exampleId", "revisionId", "revisionAuthorId", "reviewerId", "decision")
       VALUES ($1, $2, $3, $4, $5, 'approve') RETURNING 1 / ("decision" <> 'approve')::int`,
      [desk.workspace.id, exampleId, seen.revisionId, authorId, viewer.userId],
    );
    await expect(insert).rejects.toThrow(
      expected ? /approval_of_own_text|Review_not_own_text/ : /division by zero/,
    );

    const approval = approve(viewer, seen);
    if (expected) {
      await expect(approval).rejects.toMatchObject({ messageKey: `reviews.obstacle.${expected}` });
      expect((await stateOf(exampleId)).status).toBe('in_review');
    } else {
      expect(await approval).toMatchObject({ status: 'approved' });
    }
  });
});
