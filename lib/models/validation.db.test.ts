import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { findValidationLosses } from '@/lib/models/validation-queries';
import { createTeam } from '@/tests/factories-examples';
import { createModel, createProvable, type Provable } from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
beforeAll(async () => {
  team = await createTeam('bicycles');
  provable = await createProvable(team, { rows: 12 });
}, 120_000);
afterAll(disconnect);

test('the first and the last look at the validation examples stand for a training', async () => {
  const modelId = await createModel(team, provable.releaseId);
  const { runId } = await db.model.findUniqueOrThrow({ where: { id: modelId } });
  await db.runMetric.createMany({
    data: [
      { runId, kind: 'validation', step: 20, loss: 1.5 },
      { runId, kind: 'validation', step: 0, loss: 3 },
      { runId, kind: 'validation', step: 10, loss: 2 },
      { runId, kind: 'training', step: 30, loss: 0.1 },
    ],
  });
  expect(await findValidationLosses(team.writer)).toEqual({
    [modelId]: { before: 3, after: 1.5 },
  });
  const other = await createTeam('violins');
  expect(await findValidationLosses(other.admin)).toEqual({});
});
