import 'server-only';
import { createHash } from 'node:crypto';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { readSigningKey, signManifest } from '@/lib/exports/manifest';
import { assertCan } from '@/lib/permissions';
import { loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof, toVerdictLines } from '@/lib/proofs/judge';
import { chainStart, heldOutCommitment, reasonHash } from '@/lib/proofs/proof-commitment';
import { proofSettingsSchema, proofValidationSchema } from '@/lib/proofs/proof-schema';
import {
  REPORT_VERSION,
  type ReportHeader,
  type ReportItem,
  type ReportResult,
  type ReportVote,
} from '@/lib/proofs/report-format';
import type { Viewer } from '@/lib/session';
import { version } from '@/package.json';

async function loadProof(viewer: Viewer, proofId: string) {
  const proof = await db.proof.findFirst({
    where: { id: proofId, workspaceId: viewer.workspaceId },
    select: {
      id: true,
      workspaceId: true,
      runOrdinal: true,
      opponent: true,
      alpha: true,
      orderSeed: true,
      sideSecret: true,
      commitment: true,
      answersCommitment: true,
      settings: true,
      validation: true,
      createdAt: true,
      answeredAt: true,
      closedAt: true,
      plan: { select: { commitment: true, createdAt: true } },
      model: {
        select: {
          id: true,
          adapterSha256: true,
          run: {
            select: {
              startedAt: true,
              release: { select: { id: true, number: true, datasetId: true } },
            },
          },
        },
      },
      votes: {
        orderBy: { ordinal: 'asc' },
        select: { hash: true, reason: true, reasonSha256: true, at: true },
      },
    },
  });
  if (!proof) throw new AppError('NOT_FOUND');
  return proof;
}

/**
 * The signed report of a closed proof: whoever has the public key can recompute the verdict from
 * it. Throws CONFLICT while the vote is open, because it tells which side was whose.
 */
export async function writeReport(viewer: Viewer, proofId: string): Promise<string> {
  assertCan(viewer, 'proof:read');
  const proof = await loadProof(viewer, proofId);
  if (!proof.closedAt || !proof.answeredAt)
    throw new AppError('CONFLICT', 'proofs.errors.notClosed');
  const { facts } = await loadFacts(viewer, proofId);
  const { release } = proof.model.run;
  const header: ReportHeader = {
    kind: 'header',
    reportVersion: REPORT_VERSION,
    app: `apprentice ${version}`,
    workspaceId: proof.workspaceId,
    datasetId: release.datasetId,
    releaseId: release.id,
    releaseNumber: release.number,
    modelId: proof.model.id,
    adapterSha256: proof.model.adapterSha256,
    proofId: proof.id,
    plan: facts.plan,
    planCommitment: proof.plan.commitment,
    planSealedAt: proof.plan.createdAt.toISOString(),
    runStartedAt: proof.model.run.startedAt?.toISOString() ?? null,
    runOrdinal: proof.runOrdinal,
    alpha: proof.alpha,
    opponent: facts.opponent,
    heldOutCommitment: heldOutCommitment(facts.items),
    orderSeed: proof.orderSeed,
    sideSecret: proof.sideSecret,
    commitment: proof.commitment,
    answersCommitment: proof.answersCommitment,
    begunAt: proof.createdAt.toISOString(),
    answeredAt: proof.answeredAt.toISOString(),
    closedAt: proof.closedAt.toISOString(),
    settings: proofSettingsSchema.parse(proof.settings),
    validation: proofValidationSchema.parse(proof.validation),
  };
  const items = facts.items.map(
    ({
      exampleId,
      position,
      groupNumber,
      replyKnown,
      contentHash,
      answers,
      passes,
      wholes,
    }): ReportItem => ({
      kind: 'item',
      exampleId,
      position,
      groupNumber,
      replyKnown,
      contentHash,
      answers,
      passes,
      wholes,
    }),
  );
  const votes = facts.votes.map((vote, index): ReportVote => {
    const row = proof.votes[index];
    if (!row) throw new Error('a vote came while the report was written');
    const { ordinal, voter, exampleId, choice, guess, undoes, candidateOnA } = vote;
    return {
      kind: 'vote',
      ordinal,
      voter,
      exampleId,
      choice,
      guess,
      reasonSha256: row.reasonSha256 ?? reasonHash(row.reason),
      undoes,
      candidateOnA,
      at: row.at.toISOString(),
      hash: row.hash,
    };
  });
  const result: ReportResult = {
    kind: 'result',
    items: items.length,
    votes: votes.length,
    lastHash: votes.at(-1)?.hash ?? chainStart(proof),
    verdicts: toVerdictLines(judgeProof(facts)),
  };
  const body = [header, ...items, ...votes, result]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
  const key = env().SIGNING_KEY;
  if (!key) throw new AppError('UNAVAILABLE', 'proofs.errors.noKey');
  const digest = createHash('sha256').update(body).digest();
  const signature = signManifest(digest, readSigningKey(key));
  return `${body}${JSON.stringify(signature)}\n`;
}
