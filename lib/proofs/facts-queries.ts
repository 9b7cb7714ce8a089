import 'server-only';
import { checkContent, passes } from '@/lib/checks/check-content';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { withoutUndecidable } from '@/lib/proofs/judge';
import { compareFields } from '@/lib/proofs/measures/fields';
import { looksLikeFields } from '@/lib/proofs/measures/readings';
import { voterName } from '@/lib/proofs/proof-commitment';
import { type ByArm, byArm, type FactItem, type ProofFacts } from '@/lib/proofs/proof-facts';
import { countedSelect } from '@/lib/proofs/proof-queries';
import { isVoted, type ProofArm, proofArms } from '@/lib/proofs/proof-schema';
import type { CountedVote } from '@/lib/proofs/vote-rules';
import type { Viewer } from '@/lib/session';
import type { Prisma } from '@/prisma/generated/client';

/** One held-out example with everything that was said about it. */
export type AnsweredRow = FactItem & {
  topic: string | null;
  /** Prompt and reply are empty once the example was erased. */
  prompt: string;
  /** Its own system message, where it has one. */
  system: string | null;
  reply: string;
  texts: ByArm<string>;
  isErased: boolean;
  /** Arms whose text was erased: hashes and what was read off them stay. */
  erasedArms: ProofArm[];
  /** Those of them that were erased while people could still have voted. */
  erasedInVote: ProofArm[];
};

type Loaded = {
  facts: ProofFacts;
  rows: AnsweredRow[];
  rules: ReturnType<typeof houseRulesSchema.parse>;
  slots: string[];
};

/** Everything that the result of an answered proof is computed from. For the server alone: it tells sides and names. */
export async function loadFacts(viewer: Viewer, proofId: string, client: Tx = db): Promise<Loaded> {
  assertCan(viewer, 'proof:read');
  const proof = await client.proof.findFirst({
    where: { id: proofId, workspaceId: viewer.workspaceId },
    select: {
      alpha: true,
      opponent: true,
      sideSecret: true,
      closedAt: true,
      plan: { select: { releaseId: true, ...countedSelect } },
      model: {
        select: {
          run: {
            select: { release: { select: { brief: { select: { rules: true, slots: true } } } } },
          },
        },
      },
    },
  });
  if (!proof) throw new AppError('NOT_FOUND');
  if (!proof.opponent || proof.opponent === 'tuned')
    throw new AppError('CONFLICT', 'proofs.errors.notAnswered');
  const { brief } = proof.model.run.release;
  const rules = houseRulesSchema.parse(brief.rules);
  const votes = await loadVotes(client, proofId, proof.sideSecret);
  const { measure, votesPerPrompt, candidate, opponent } = proof.plan;
  const loaded = await loadRows(client, proofId, { rules, slots: brief.slots }, proof.closedAt);
  const rows = isVoted(measure)
    ? withoutUndecidable(loaded, votes, { candidate, opponent: proof.opponent, votesPerPrompt })
    : loaded;
  const plan = { ...proof.plan, opponent: opponent === 'tuned' ? null : opponent };
  return {
    facts: {
      plan,
      alpha: proof.alpha,
      opponent: proof.opponent,
      items: rows,
      votes,
      isClosed: proof.closedAt !== null,
    },
    rows,
    rules,
    slots: brief.slots,
  };
}

type Brief = { rules: ReturnType<typeof houseRulesSchema.parse>; slots: string[] };
type StoredItem = Omit<FactItem, 'answers' | 'passes' | 'wholes'> &
  Pick<AnsweredRow, 'topic' | 'prompt' | 'system' | 'reply' | 'isErased'>;
const storedAnswerSelect = {
  exampleId: true,
  arm: true,
  text: true,
  sha256: true,
  error: true,
  erasureId: true,
  passes: true,
  whole: true,
} satisfies Prisma.ProofAnswerSelect;
type StoredAnswer = Prisma.ProofAnswerGetPayload<{ select: typeof storedAnswerSelect }>;

async function loadRows(
  client: Tx,
  proofId: string,
  brief: Brief,
  closedAt: Date | null,
): Promise<AnsweredRow[]> {
  const items = await client.$queryRaw<StoredItem[]>`
    SELECT i."exampleId", i."position", i."groupNumber", i."replyKnown", i."contentHash", i."topic",
           coalesce(r."promptText", '') AS "prompt", r."content"->>'system' AS "system",
           coalesce(r."replyText", '') AS "reply",
           i."erasureId" IS NOT NULL AS "isErased"
    FROM "ProofItem" i LEFT JOIN "Revision" r ON r."id" = i."revisionId"
    WHERE i."proofId" = ${proofId}::uuid ORDER BY i."position"`;
  const answers = await client.proofAnswer.findMany({
    where: { proofId },
    select: storedAnswerSelect,
  });
  const found = new Map(answers.map((answer) => [`${answer.exampleId}:${answer.arm}`, answer]));
  const erasures = await client.erasure.findMany({
    where: {
      id: { in: [...new Set(answers.flatMap((answer) => answer.erasureId ?? []))] },
      ...(closedAt ? { createdAt: { lt: closedAt } } : {}),
    },
    select: { id: true },
  });
  const inVote = new Set(erasures.map(({ id }) => id));
  return items.map((item) => {
    const find = (arm: ProofArm) => found.get(`${item.exampleId}:${arm}`);
    const erasedArms = proofArms.filter((arm) => Boolean(find(arm)?.erasureId));
    return {
      ...item,
      ...readAnswers(item, find, brief),
      erasedArms,
      erasedInVote: erasedArms.filter((arm) => inVote.has(find(arm)?.erasureId ?? '')),
    };
  });
}

/** What is known of a row's answers: read off their texts, or kept from before these were erased. */
function readAnswers(
  item: StoredItem,
  find: (arm: ProofArm) => StoredAnswer | undefined,
  brief: Brief,
) {
  const hasFields = looksLikeFields(item.reply);
  const answer = (arm: ProofArm) => {
    const one = find(arm);
    return one && one.error === null ? one : null;
  };
  const textOf = (arm: ProofArm) => {
    const one = answer(arm);
    return one && one.erasureId === null ? one.text : null;
  };
  return {
    texts: byArm(textOf),
    answers: byArm((arm) => answer(arm)?.sha256 ?? null),
    passes: byArm((arm) => {
      const text = textOf(arm);
      if (text === null) return answer(arm)?.passes ?? null;
      return passes(checkContent(brief, { reply: text }));
    }),
    wholes: byArm((arm) => {
      const text = textOf(arm);
      if (text === null) return answer(arm)?.whole ?? null;
      if (!hasFields) return null;
      return compareFields({ answer: text, humanReply: item.reply, source: item.prompt })
        .isWholeExact;
    }),
  };
}

async function loadVotes(client: Tx, proofId: string, sideSecret: string): Promise<CountedVote[]> {
  const votes = await client.proofVote.findMany({
    where: { proofId },
    orderBy: { ordinal: 'asc' },
    select: {
      ordinal: true,
      userId: true,
      choice: true,
      guess: true,
      undoes: { select: { ordinal: true } },
      ballot: { select: { exampleId: true, candidateOnA: true } },
    },
  });
  return votes.map(({ ordinal, userId, choice, guess, undoes, ballot }) => ({
    ordinal,
    voter: voterName(sideSecret, userId),
    exampleId: ballot.exampleId,
    choice,
    guess,
    undoes: undoes?.ordinal ?? null,
    candidateOnA: ballot.candidateOnA,
  }));
}
