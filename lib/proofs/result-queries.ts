import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { type AnsweredRow, loadFacts } from '@/lib/proofs/facts-queries';
import { judgeProof, type ProofPart, votedItem, votedPairOf } from '@/lib/proofs/judge';
import { mayStillVote } from '@/lib/proofs/look-queries';
import {
  type MeasureRow,
  type MeasureTest,
  measureRows,
  testMeasures,
} from '@/lib/proofs/measures-rules';
import { type Drawn, drawnOf } from '@/lib/proofs/proof-order';
import { type ProofArm, proofSettingsSchema, type VotedPair } from '@/lib/proofs/proof-schema';
import { type Agreement, agreement } from '@/lib/proofs/statistics/agreement';
import { type GuessingResult, judgeGuessing } from '@/lib/proofs/statistics/guessing';
import {
  guessesInOrder,
  type Outcome,
  outcomeOf,
  scoreItems,
  standingVotes,
} from '@/lib/proofs/vote-rules';
import { isStanding } from '@/lib/proofs/vote-sql';
import type { Viewer } from '@/lib/session';

export type Square = {
  groupNumber: number;
  state: 'win' | 'tie' | 'loss' | 'open' | 'failed';
  /** The first row of the group: what the square opens. */
  position: number;
};

export type ResultPart = ProofPart & {
  squares: Square[];
  measures: MeasureRow[];
  tests: MeasureTest[];
};

export type ProofResult = {
  parts: ResultPart[];
  /** The two that are compared row by row. */
  pair: VotedPair;
  drawn: Drawn;
  /** Rows of which the prompt or an answer was erased since. */
  erased: number;
  votes: number;
  voters: number;
  /** What the standing votes said of the candidate's answer. */
  shares: Record<Outcome, number>;
  agreement: Agreement;
  guessing: GuessingResult;
  rules: { id: string; name?: string | undefined; kind: string }[];
  /** Mean over the rows of their loss per token of the human reply, by kind of reply and arm; for experts. */
  losses: Record<'fresh' | 'known', Record<string, number | null>>;
};

/** Win, tie or loss of a group, by its mean score. */
const stateOf = (score: number): Square['state'] =>
  score > 0.5 ? 'win' : score < 0.5 ? 'loss' : 'tie';

function squaresOf(part: ProofPart, rows: readonly AnsweredRow[], answered: Set<string>): Square[] {
  const scores = new Map(part.scores.map((one) => [one.groupNumber, one.score]));
  const groups = new Map<number, AnsweredRow[]>();
  for (const row of rows)
    groups.set(row.groupNumber, [...(groups.get(row.groupNumber) ?? []), row]);
  return [...groups].map(([groupNumber, members]) => {
    const score = scores.get(groupNumber);
    const isFailed = !members.some((row) => answered.has(row.exampleId));
    return {
      groupNumber,
      state: score === undefined ? (isFailed ? 'failed' : 'open') : stateOf(score),
      position: Math.min(...members.map((row) => row.position)),
    };
  });
}

async function loadSources(viewer: Viewer, proofId: string) {
  const proof = await db.proof.findFirstOrThrow({
    where: { id: proofId, workspaceId: viewer.workspaceId },
    select: {
      releaseId: true,
      settings: true,
      _count: { select: { items: true } },
      model: {
        select: {
          run: {
            select: {
              release: {
                select: { brief: { select: { systemPrompt: true, guidelines: true } } },
              },
            },
          },
        },
      },
    },
  });
  const replies = await db.$queryRaw<{ reply: string }[]>`
    SELECT r."replyText" AS "reply" FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."releaseId" = ${proof.releaseId}::uuid AND i."split" = 'training'`;
  return {
    ...proof.model.run.release.brief,
    trainingReplies: replies.map((row) => row.reply),
    drawn: drawnOf(proof._count.items, proofSettingsSchema.parse(proof.settings).heldOutRows),
  };
}

/**
 * The result of an answered proof as it stands now: as true at this look as at every other. Throws
 * CONFLICT for who may still vote on it.
 */
export async function getResult(viewer: Viewer, proofId: string): Promise<ProofResult> {
  assertCan(viewer, 'proof:read');
  if (await mayStillVote(viewer, proofId))
    throw new AppError('CONFLICT', 'proofs.errors.resultHidden');
  const { facts, rows, rules, slots } = await loadFacts(viewer, proofId);
  const { drawn, ...sources } = await loadSources(viewer, proofId);
  const pair = votedPairOf(facts);
  const context = {
    ...sources,
    rules,
    slots,
    ...pair,
  };
  const answered = new Set(
    facts.items.flatMap((item) => (votedItem(item, pair).isAnswered ? [item.exampleId] : [])),
  );
  const parts = judgeProof(facts).map((part) => {
    const own = rows.filter((row) => row.replyKnown === (part.part === 'known'));
    // What was erased can no longer be read; the verdict rests on what was read off it before.
    const readable = own.filter((row) => !row.isErased);
    const measures = measureRows(readable, context);
    return {
      ...part,
      squares: squaresOf(part, own, answered),
      measures,
      tests: testMeasures(measures, readable),
    };
  });
  const votes = standingVotes(facts.votes);
  const ratings = votes.flatMap((vote) =>
    vote.choice === null
      ? []
      : [
          {
            unit: vote.exampleId,
            voter: vote.voter,
            choice: outcomeOf(vote.choice, vote.candidateOnA),
          },
        ],
  );
  const shares = { win: 0, tie: 0, both_bad: 0, loss: 0 };
  for (const { choice } of ratings) shares[choice] += 1;
  return {
    parts,
    pair,
    drawn,
    erased: rows.filter((row) => row.isErased || row.erasedArms.length > 0).length,
    votes: votes.length,
    voters: new Set(votes.map((vote) => vote.voter)).size,
    shares,
    agreement: agreement(ratings),
    guessing: judgeGuessing(guessesInOrder(facts.votes)),
    rules: rules.map(({ id, name, kind }) => ({ id, name, kind })),
    losses: await loadLosses(proofId),
  };
}

async function loadLosses(proofId: string): Promise<ProofResult['losses']> {
  const rows = await db.$queryRaw<{ arm: string; replyKnown: boolean; loss: number }[]>`
    SELECT a."arm"::text, i."replyKnown", avg(a."loss")::float8 AS "loss" FROM "ProofAnswer" a
    JOIN "ProofItem" i ON i."proofId" = a."proofId" AND i."exampleId" = a."exampleId"
    WHERE a."proofId" = ${proofId}::uuid AND a."loss" IS NOT NULL GROUP BY 1, 2`;
  const of = (known: boolean) =>
    Object.fromEntries(
      rows.filter((row) => row.replyKnown === known).map(({ arm, loss }) => [arm, loss]),
    );
  return { fresh: of(false), known: of(true) };
}

/** How far a vote is, without a word of how it stands: all that a voter is told. */
export type VoteProgress = { decided: number; groups: number; votes: number; voters: number };

export async function getVoteProgress(viewer: Viewer, proofId: string): Promise<VoteProgress> {
  const { facts } = await loadFacts(viewer, proofId);
  const parts = judgeProof(facts);
  const votes = standingVotes(facts.votes);
  return {
    decided: parts.reduce((sum, part) => sum + part.scores.length, 0),
    groups: parts.reduce((sum, part) => sum + part.groups, 0),
    votes: votes.length,
    voters: new Set(votes.map((vote) => vote.voter)).size,
  };
}

export type ProofExample = {
  row: AnsweredRow;
  /** Votes on it, as they went for the candidate. */
  outcomes: string[];
  candidate: ProofArm;
  /** What voters wrote beside their standing votes; who wrote it is not told. */
  reasons: string[];
  /** Whether this person has opened the answers with their names; without it none are told. */
  previous: number | null;
  next: number | null;
};

/**
 * One example of a proof with every answer and its name. Throws FORBIDDEN until this person has
 * opened the answers: looking is recorded first, and ends their voting.
 */
export async function getProofExample(
  viewer: Viewer,
  input: { proofId: string; position: number },
): Promise<ProofExample> {
  assertCan(viewer, 'proof:read');
  const { facts, rows } = await loadFacts(viewer, input.proofId);
  const look = await db.heldOutLook.findFirst({
    where: { proofId: input.proofId, userId: viewer.userId, kind: 'labelled_answers' },
    select: { id: true },
  });
  if (!look) throw new AppError('CONFLICT', 'proofs.errors.stillVoting');
  const row = rows.find((one) => one.position === input.position);
  if (!row) throw new AppError('NOT_FOUND');
  const item = votedItem(row, votedPairOf(facts));
  const scored = scoreItems([item], facts.votes, facts.plan.votesPerPrompt);
  return {
    row,
    outcomes: scored[0]?.outcomes ?? [],
    candidate: facts.plan.candidate,
    reasons: await loadReasons(input.proofId, row.exampleId),
    previous: input.position > 0 ? input.position - 1 : null,
    next: input.position + 1 < rows.length ? input.position + 1 : null,
  };
}

async function loadReasons(proofId: string, exampleId: string): Promise<string[]> {
  const votes = await db.$queryRaw<{ reason: string }[]>`
    SELECT v."reason" FROM "ProofVote" v JOIN "Ballot" b ON b."id" = v."ballotId"
    WHERE v."proofId" = ${proofId}::uuid AND b."exampleId" = ${exampleId}::uuid
      AND v."reason" IS NOT NULL AND ${isStanding}
    ORDER BY v."ordinal"`;
  return [...new Set(votes.map(({ reason }) => reason))];
}
