// A proof in a filled company: its examples, answers and votes hold the texts.
import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { runBeside } from './beside';
import { type Company, environment, sql } from './company';
import { joined, label, recordModel, waitFor, writeBrief } from './fill-parts';
import type { Act, Post } from './hands';

/** One approved example for each text. */
async function approveExamples(
  datasetId: string,
  texts: readonly string[],
  workspace: string,
  act: Act,
  post: Post,
): Promise<void> {
  // A slot that the brief does not know is a blocker.
  for (const text of texts.filter((one) => !one.includes('{{')))
    await post('writer', '/examples', {
      datasetId,
      system: text,
      messages: [{ role: 'user', content: `${randomUUID()} ${randomUUID()} ${text}` }],
      reply: `${randomUUID()} ${text}`,
      topic: label(text),
      groupKey: randomUUID(),
    });
  const selection = { filter: {} };
  const move = { kind: 'submit' };
  await act('writer', 'bulkMoveAction', { workspace, datasetId, selection, move });
  const waiting = await sql<{ exampleId: string; version: number; revisionId: string }>(
    `SELECT "id" AS "exampleId", "version", "currentRevisionId" AS "revisionId" FROM "Example"
     WHERE "datasetId" = $1 AND "status" = 'in_review'`,
    [datasetId],
  );
  for (const example of waiting)
    await post('reviewer', `/datasets/${datasetId}/review/decisions`, {
      decision: { decision: 'approve', decisionId: randomUUID(), ...example },
    });
}

/** A frozen release that holds back more, as one does for a proof. */
async function freezeForProof(
  workspace: string,
  datasetId: string,
  briefId: string,
  act: Act,
): Promise<string> {
  const input = { workspace, datasetId, briefId, note: '', reserveMore: true };
  const { id } = (await act('admin', 'createReleaseAction', input)) as { id: string };
  const state = 'SELECT "state" FROM "Release" WHERE "id" = $1';
  await waitFor('the release is frozen', state, [id]).toBe('frozen');
  return id;
}

/** One vote of the reviewer, with all texts as its reason; another ballot waits for them. */
async function vote(workspace: string, proofId: string, reason: string, act: Act): Promise<void> {
  const first = await act('reviewer', 'takeBallotAction', { workspace, proofId });
  const { ballot } = first as { ballot: string };
  const cast = { workspace, proofId, ballot, choice: 'a', guess: null, reason };
  expect(await act('reviewer', 'castVoteAction', cast)).toMatchObject({
    kind: 'ballot',
    number: 2,
  });
}

export type OpenedProof = {
  proofId: string;
  proofModelId: string;
  datasetId: string;
  releaseId: string;
};

/** A proof that is open for votes, on held-out examples with these texts; its answers are made up. */
export async function openProof(
  company: Company,
  texts: readonly string[],
  votesPerPrompt: number,
  act: Act,
  post: Post,
): Promise<OpenedProof> {
  const { slug: workspace } = company;
  const { id: datasetId } = (await act('admin', 'createDatasetAction', {
    workspace,
    name: `Proven ${label(texts[0] ?? '')}`.slice(0, 80),
    task: joined(texts, 2_000),
    systemPrompt: joined(texts, 20_000),
  })) as { id: string };
  const briefId = await writeBrief(company, datasetId, texts, act);
  await approveExamples(datasetId, texts, workspace, act, post);
  const releaseId = await freezeForProof(workspace, datasetId, briefId, act);
  const { modelId } = await recordModel(company, releaseId, texts);
  const proof = {
    workspaceId: company.id,
    writer: company.writer.id,
    reviewer: company.reviewer.id,
    admin: company.admin.id,
    ...{ datasetId, briefId, releaseId, modelId },
    answer: joined(texts, 5_000),
    votesPerPrompt,
  };
  const proofId = String(
    await runBeside('e2e/answer-proof.ts', [JSON.stringify(proof)], environment()),
  );
  // The worker has found it answered: nothing of it goes on while tests look at the database.
  const state = 'SELECT "state" FROM "Job" WHERE "subjectId" = $1';
  await waitFor('the proof is answered', state, [proofId]).toBe('done');
  return { proofId, proofModelId: modelId, datasetId, releaseId };
}

/** The same, with a vote of the reviewer, while the others have opened the answers. */
export async function fillProof(
  company: Company,
  texts: readonly string[],
  act: Act,
  post: Post,
): Promise<Pick<OpenedProof, 'proofId' | 'proofModelId'>> {
  const { slug: workspace } = company;
  const { proofId, proofModelId } = await openProof(company, texts, 3, act, post);
  await vote(workspace, proofId, joined(texts, 1_000), act);
  for (const role of ['writer', 'admin'] as const)
    await act(role, 'openProofAnswersAction', { workspace, proofId, endVoting: true });
  return { proofId, proofModelId };
}
