import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createApprovedBrief, freeze, questionOf } from '@/lib/releases/release-fixtures';
import { type ReleaseRow, releaseRows } from '@/lib/releases/release-rows';
import { seedExamples } from '@/prisma/seed/seed-examples';
import { testDatabase } from '@/tests/database';
import { createDataset, createTeam } from '@/tests/factories-examples';

afterAll(disconnect);

const SPLITS = ['training', 'validation', 'held_out'] as const;

/** Takes rows out of a split as an erasure does: their positions stay empty. */
async function takeOut(releaseId: string, positions: number[]): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabase().superuserUrl });
  await client.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(
      `DELETE FROM "ReleaseItem" WHERE "releaseId" = $1 AND "split" = 'training' AND "position" = ANY($2)`,
      [releaseId, positions],
    );
  } finally {
    await client.end();
  }
}

test('every row of a split comes once, in order, past the gaps that an erasure leaves', async () => {
  const team = await createTeam('rows');
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  await seedExamples(
    { writer: team.writer, reviewer: team.reviewer, admin: team.admin },
    { datasetId, briefId, brief: { rules: [], slots: [] } },
    Array.from({ length: 700 }, (_, n) => ({
      topic: 'all',
      group: `ticket ${n}`,
      prompt: questionOf(n),
      reply: `Answer number ${n}.`,
      state: 'approved' as const,
      author: 'writer' as const,
    })),
  );
  const releaseId = await freeze(team.admin, datasetId, briefId);
  const inDatabase = (split: (typeof SPLITS)[number]) =>
    db.releaseItem.findMany({
      where: { releaseId, split },
      orderBy: { position: 'asc' },
      select: { position: true, exampleId: true },
    });
  const [first = { position: 0 }] = await inDatabase('training');
  await takeOut(releaseId, [first.position, first.position + 1, first.position + 250]);

  for (const split of SPLITS) {
    const wanted = await inDatabase(split);
    const found: ReleaseRow[] = [];
    for await (const row of releaseRows(releaseId, split)) found.push(row);
    expect(found.map(({ position, exampleId }) => ({ position, exampleId }))).toEqual(wanted);
    expect(found.every(({ content }) => content.reply.startsWith('Answer number'))).toBe(true);
  }
  // More than are read at a time.
  expect((await inDatabase('training')).length).toBeGreaterThan(500);
});
