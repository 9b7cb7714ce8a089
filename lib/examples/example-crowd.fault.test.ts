import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db';
import type { AppError } from '@/lib/errors';
import { getExample } from '@/lib/examples/example-detail';
import { saveRevision } from '@/lib/examples/example-mutations';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';
import { isLong } from '@/tests/form';

/** Edits of each person. */
const EDITS = isLong ? 2_000 : 400;

describe('five people on four examples', () => {
  test('no acknowledged edit is lost, none is stored twice', async () => {
    const team = await createTeam('crowd');
    const own = await createDataset(team.admin);
    const examples = await Promise.all(
      Array.from({ length: 4 }, () => createExample(team.writer, own.id)),
    );
    const people = await Promise.all(Array.from({ length: 5 }, () => team.addPerson('writer')));
    const acknowledged: { id: string; reply: string }[] = [];
    let refused = 0;
    await Promise.all(
      people.map(async (person, p) => {
        for (let n = 0; n < EDITS; n += 1) {
          const id = examples[(n * 7 + p) % 4]?.id ?? '';
          const seen = await getExample(person, id);
          const reply = `Person ${p}, edit ${n}`;
          try {
            await saveRevision(person, {
              id,
              version: seen.row.version,
              changes: { reply },
            });
            acknowledged.push({ id, reply });
          } catch (error) {
            expect((error as AppError).code).toBe('CONFLICT');
            refused += 1;
          }
        }
      }),
    );
    expect(acknowledged.length + refused).toBe(5 * EDITS);
    expect(refused).toBeGreaterThan(0);
    for (const { id } of examples) {
      const revisions = await db.revision.findMany({
        where: { exampleId: id, ordinal: { gt: 1 } },
        select: { replyText: true, ordinal: true },
        orderBy: { ordinal: 'asc' },
      });
      expect(revisions.map((revision) => revision.replyText).sort()).toEqual(
        acknowledged
          .filter((edit) => edit.id === id)
          .map((edit) => edit.reply)
          .sort(),
      );
      expect(revisions.map((revision) => revision.ordinal)).toEqual(
        revisions.map((_, index) => index + 2),
      );
    }
  }, 600_000);
});
