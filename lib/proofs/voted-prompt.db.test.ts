// Asking a model a prompt of a proof tells whose answers are whose: not while one may vote on it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { askModel } from '@/lib/models/model-mutations';
import { openProofAnswers } from '@/lib/proofs/look-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { stopQueue } from '@/lib/queue';
import type { Viewer } from '@/lib/session';
import { createTeam } from '@/tests/factories-examples';
import {
  createModel,
  createOpenProof,
  createProvable,
  type Provable,
} from '@/tests/factories-proofs';

let team: Awaited<ReturnType<typeof createTeam>>;
let provable: Provable;
let proofId: string;
let prompt: string;
let margin = 0;

beforeAll(async () => {
  team = await createTeam('bicycles');
  provable = await createProvable(team);
}, 120_000);
beforeEach(async () => {
  margin += 1;
  proofId = await createOpenProof(team, provable, { marginOf100: margin });
  const item = await db.proofItem.findFirstOrThrow({ where: { proofId } });
  const revision = await db.revision.findUniqueOrThrow({ where: { id: item.revisionId ?? '' } });
  prompt = revision.promptText;
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const ask = (viewer: Viewer, text: string, modelId = provable.modelId) =>
  askModel(viewer, { modelId, prompt: text, maxNewTokens: 16 });
const refusal = { code: 'CONFLICT', messageKey: 'proofs.errors.promptOfProof' };

describe('who may still vote', () => {
  test('is refused its prompts, in other letters and nearly the same, and nothing is asked', async () => {
    const near = `  ${prompt.toUpperCase()} please `;
    for (const text of [prompt, near])
      for (const viewer of [team.reviewer, team.admin])
        await expect(ask(viewer, text)).rejects.toMatchObject(refusal);
    expect(await db.job.count({ where: { kind: 'model.ask' } })).toBe(0);
    await ask(team.reviewer, 'What are your opening hours?');
    await closeProof(team.admin, proofId);
  });

  test('is refused them of another model of the same release', async () => {
    const later = await createModel(team, provable.releaseId);
    await expect(ask(team.reviewer, prompt, later)).rejects.toMatchObject(refusal);
    await closeProof(team.admin, proofId);
  });
});

test('who never votes, has looked, or whose proof is closed may ask', async () => {
  await ask(team.writer, prompt);
  await openProofAnswers(team.admin, { proofId, endVoting: true });
  await ask(team.admin, prompt);
  await expect(ask(team.reviewer, prompt)).rejects.toMatchObject(refusal);
  await closeProof(team.admin, proofId);
  await ask(team.reviewer, prompt);
});
