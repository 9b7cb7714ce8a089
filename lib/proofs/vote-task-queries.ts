import 'server-only';
import { db } from '@/lib/db';
import { can } from '@/lib/permissions';
import { findCurrentBallot, findOpenItems } from '@/lib/proofs/ballot-store';
import type { VotedPair } from '@/lib/proofs/proof-schema';
import type { Viewer } from '@/lib/session';

/** Open proofs that are looked at; a workspace hardly ever has more. */
const LIMIT = 10;

export type VoteTask = { proofId: string; datasetId: string; count: number };

type OpenProof = VotedPair & {
  id: string;
  datasetId: string;
  releaseId: string;
  votesPerPrompt: number;
};

/**
 * The open proofs that a vote of the viewer's would bring on, newest first, each with how many
 * examples they may still be shown. None for who may not vote, or has seen the answers with their
 * names.
 */
export async function findVoteTasks(viewer: Viewer): Promise<VoteTask[]> {
  if (!can(viewer.role, 'proof:vote')) return [];
  return db.$transaction(async (tx) => {
    const proofs = await tx.$queryRaw<OpenProof[]>`
      SELECT p."id", rel."datasetId", p."releaseId", p."opponent"::text, plan."candidate"::text,
             plan."votesPerPrompt"
      FROM "Proof" p JOIN "ProofPlan" plan ON plan."id" = p."planId"
      JOIN "Release" rel ON rel."id" = p."releaseId"
      WHERE p."workspaceId" = ${viewer.workspaceId}::uuid AND p."state" = 'open'
        AND plan."measure" = 'blind_votes' AND NOT EXISTS (
        SELECT 1 FROM "HeldOutLook" l WHERE l."proofId" = p."id" AND l."kind" = 'labelled_answers'
          AND l."userId" = ${viewer.userId}::uuid)
      ORDER BY p."id" DESC LIMIT ${LIMIT}`;
    const tasks: VoteTask[] = [];
    for (const proof of proofs) {
      const open = await findOpenItems(tx, viewer, proof);
      const current = await findCurrentBallot(tx, viewer, proof);
      const count = open.length + (current ? 1 : 0);
      if (count > 0) tasks.push({ proofId: proof.id, datasetId: proof.datasetId, count });
    }
    return tasks;
  });
}
