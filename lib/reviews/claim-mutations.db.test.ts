import { beforeAll, describe, expect, test } from 'vitest';
import { claimMany, claimNext, releaseClaims, renewClaims } from '@/lib/reviews/claim-mutations';
import { getQueueSummary } from '@/lib/reviews/queue-queries';
import { approve } from '@/lib/reviews/review-mutations';
import type { Viewer } from '@/lib/session';
import { ownerSql } from '@/tests/database';
import { createDesk, createInReview, type Desk, edit } from '@/tests/factories-reviews';

const all = { topic: null, order: 'oldest', after: null, skip: [] } as const;
const queue = (desk: Desk, options: Partial<Parameters<typeof claimNext>[1]> = {}) => ({
  ...all,
  skip: [],
  datasetId: desk.datasetId,
  ...options,
});

let desk: Desk;
let writer: Viewer;
let maya: Viewer;
let omar: Viewer;

beforeAll(async () => {
  desk = await createDesk();
  writer = await desk.person('writer');
  maya = await desk.person('reviewer', 'Maya');
  omar = await desk.person('reviewer', 'Omar');
});

const freshDesk = async () => {
  const own = await createDesk();
  return {
    desk: own,
    writer: await own.person('writer'),
    maya: await own.person('reviewer'),
    omar: await own.person('reviewer'),
  };
};

describe('leases', () => {
  test('reviewers in parallel never hold the same example', async () => {
    const examples = [];
    for (let n = 0; n < 30; n += 1) {
      examples.push(await createInReview(writer, desk.datasetId, { minutesAgo: 100 - n }));
    }
    const reviewers = [maya, omar, await desk.person('reviewer'), await desk.person('admin')];
    const taken = await Promise.all(
      reviewers.map(async (reviewer) => {
        const mine: string[] = [];
        for (let n = 0; n < 12; n += 1) {
          const next = await claimNext(reviewer, queue(desk, { skip: mine }));
          if (next) mine.push(next.exampleId);
        }
        return mine;
      }),
    );
    const handedOut = taken.flat();
    expect(new Set(handedOut).size).toBe(handedOut.length);
    expect(handedOut.length).toBe(30);
    const held = await ownerSql<{ exampleId: string; reviewerId: string }>(
      'SELECT "exampleId", "reviewerId" FROM "Claim" WHERE "datasetId" = $1',
      [desk.datasetId],
    );
    for (const [index, reviewer] of reviewers.entries()) {
      const rows = held.filter((claim) => claim.reviewerId === reviewer.userId);
      expect(rows.map((claim) => claim.exampleId).sort()).toEqual(taken[index]?.toSorted());
    }
  });

  test('last ten minutes by the clock of the database and are then taken over', async () => {
    const { desk: own, writer: author, maya: first, omar: second } = await freshDesk();
    const { exampleId } = await createInReview(author, own.datasetId);
    await claimNext(first, queue(own));
    const [lease] = await ownerSql<{ seconds: number }>(
      `SELECT extract(epoch FROM "expiresAt" - clock_timestamp())::float AS seconds FROM "Claim" WHERE "exampleId" = $1`,
      [exampleId],
    );
    expect(lease?.seconds).toBeGreaterThan(590);
    expect(lease?.seconds).toBeLessThanOrEqual(600);
    expect(await claimNext(second, queue(own))).toBeNull();
    await ownerSql(
      `UPDATE "Claim" SET "expiresAt" = clock_timestamp() - interval '1 ms' WHERE "exampleId" = $1`,
      [exampleId],
    );
    expect((await claimNext(second, queue(own)))?.exampleId).toBe(exampleId);
    const mine = { datasetId: own.datasetId, exampleIds: [exampleId] };
    expect(await renewClaims(first, mine)).toEqual([]);
    await releaseClaims(first, mine);
    expect(await renewClaims(second, mine)).toEqual([exampleId]);
    expect(await claimNext(first, queue(own))).toBeNull();
  });

  test('are handed out again to their holder, and to others once released', async () => {
    const { desk: own, writer: author, maya: first, omar: second } = await freshDesk();
    const { exampleId } = await createInReview(author, own.datasetId);
    expect((await claimNext(first, queue(own)))?.exampleId).toBe(exampleId);
    expect((await claimNext(first, queue(own)))?.exampleId).toBe(exampleId);
    await releaseClaims(first, { datasetId: own.datasetId, exampleIds: [exampleId] });
    expect((await claimNext(second, queue(own)))?.exampleId).toBe(exampleId);
  });
});

describe('what the queue hands out', () => {
  test('is never a text that the reviewer wrote, co-wrote or worked on since the last approval', async () => {
    const { desk: own, writer: author, maya: first, omar: second } = await freshDesk();
    await createInReview(first, own.datasetId);
    await createInReview(author, own.datasetId, { coAuthorId: first.userId });
    const passedOn = await createInReview(author, own.datasetId);
    await edit(first, passedOn.exampleId, 'A better reply.');
    await edit(author, passedOn.exampleId, 'The best reply.');
    expect(await claimMany(first, { ...queue(own), count: 5 })).toEqual([]);
    expect(await claimMany(second, { ...queue(own), count: 5 })).toHaveLength(3);
    const summary = await getQueueSummary(first, {
      datasetId: own.datasetId,
      topic: null,
      timeZone: 'UTC',
    });
    expect(summary).toMatchObject({ waiting: 0, own: 3, otherReviewers: 3 });
  });

  test('includes a text that somebody else approved since the reviewer worked on it', async () => {
    const { desk: own, writer: author, maya: first, omar: second } = await freshDesk();
    const example = await createInReview(first, own.datasetId);
    await approve(second, example);
    await edit(author, example.exampleId, 'Changed afterwards.');
    expect((await claimNext(first, queue(own)))?.exampleId).toBe(example.exampleId);
  });

  test('comes oldest first, by topic, or with the topics taking turns', async () => {
    const { desk: own, writer: author, maya: first } = await freshDesk();
    const made = new Map<string, string>();
    for (const [index, name] of ['b1', 'b2', 'a1', 'b3', 'c1', 'a2', '-1'].entries()) {
      const topic = name.startsWith('-') ? null : name.charAt(0);
      const example = await createInReview(author, own.datasetId, {
        topic,
        minutesAgo: 90 - index,
      });
      made.set(example.exampleId, name);
    }
    const order = async (options: Partial<Parameters<typeof claimNext>[1]>) => {
      const claimed = await claimMany(first, { ...queue(own, options), count: 10 });
      return claimed.map((id) => made.get(id));
    };
    expect(await order({})).toEqual(['b1', 'b2', 'a1', 'b3', 'c1', 'a2', '-1']);
    expect(await order({ topic: 'b' })).toEqual(['b1', 'b2', 'b3']);
    expect(await order({ topic: '' })).toEqual(['-1']);
    expect(await order({ order: 'mixed' })).toEqual(['a1', 'b1', 'c1', '-1', 'a2', 'b2', 'b3']);
    expect(await order({ order: 'mixed', after: 'a' })).toEqual([
      'b1',
      'c1',
      '-1',
      'a1',
      'b2',
      'a2',
      'b3',
    ]);
  });

  test('stays inside the workspace and the role', async () => {
    const { desk: own, writer: author, maya: first } = await freshDesk();
    const { exampleId } = await createInReview(author, own.datasetId);
    expect(await claimNext(maya, queue(own))).toBeNull();
    expect(await claimNext(maya, queue(own, { only: exampleId }))).toBeNull();
    await expect(claimNext(author, queue(own))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await claimNext(first, queue(own));
    const foreign = { datasetId: own.datasetId, exampleIds: [exampleId] };
    expect(await renewClaims(omar, foreign)).toEqual([]);
    await releaseClaims(omar, foreign);
    expect(await renewClaims(first, foreign)).toEqual([exampleId]);
  });
});
