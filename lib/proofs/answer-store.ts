import 'server-only';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { checkContent, passes } from '@/lib/checks/check-content';
import { houseRulesSchema } from '@/lib/checks/rule-schema';
import { db, type Tx } from '@/lib/db';
import type { BriefOfRelease, PreparedRow } from '@/lib/proofs/answer-rows';
import { closeOpenProof } from '@/lib/proofs/closing-mutations';
import { chooseOpponent } from '@/lib/proofs/opponent-rules';
import { answersCommitment } from '@/lib/proofs/proof-commitment';
import { byArm } from '@/lib/proofs/proof-facts';
import {
  isVoted,
  type OpponentArm,
  type ProofArm,
  type ProofMeasure,
  type ProofSettings,
  type ProofValidation,
  type ValidationArm,
} from '@/lib/proofs/proof-schema';
import { withoutThinking } from '@/lib/proofs/thinking';
import { sha256 } from '@/lib/secrets';
import type { Viewer } from '@/lib/session';
import type { TrainerAnswers } from '@/lib/training/trainer-schema';
import type { Prisma } from '@/prisma/generated/client';

/** Answers per statement: a few hundred rows of text are enough for one. */
const PAGE = 500;
const modelArms = ['base', 'base_examples', 'tuned'] as const;

type Measured = TrainerAnswers['rows'][number];

/** PostgreSQL takes no NUL in a text; white space around an answer would tell nothing but its arm. */
const clean = (text: string) => text.replaceAll('\u0000', '\ufffd').trim();

function answersOf(
  proofId: string,
  prepared: readonly PreparedRow[],
  byId: ReadonlyMap<string, Measured>,
  hasNearest: boolean,
): Prisma.ProofAnswerCreateManyInput[] {
  return prepared.flatMap(({ exampleId, nearest, shown }) => {
    const models = modelArms.map((arm) => {
      const row = byId.get(`${exampleId}:${arm}`);
      const text = clean(row?.answer ?? '');
      return {
        proofId,
        exampleId,
        arm,
        text,
        // Of what people see: two answers that differ in thoughts alone are the same.
        sha256: sha256(withoutThinking(text)),
        tokens: row?.tokens ?? 0,
        seconds: row?.seconds ?? 0,
        loss: row?.loss ?? null,
        cutOff: row?.finished === false,
        error: typeof row?.answer === 'string' ? null : (row?.errors[0] ?? 'not answered'),
        sources: arm === 'base_examples' ? shown.map((example) => example.exampleId) : [],
      };
    });
    const copied = nearest[0];
    if (!copied || !hasNearest) return models;
    const reply = clean(copied.content.reply);
    return [
      ...models,
      {
        proofId,
        exampleId,
        arm: 'nearest' as const,
        text: reply,
        sha256: sha256(reply),
        tokens: 0,
        seconds: 0,
        sources: [copied.exampleId],
      },
    ];
  });
}

/** The hashes of what is stored, as the report tells them: none where an answer failed. */
function hashesOf(
  prepared: readonly PreparedRow[],
  answers: readonly Prisma.ProofAnswerCreateManyInput[],
) {
  const found = new Map(
    answers
      .filter((answer) => (answer.error ?? null) === null)
      .map(({ exampleId, arm, sha256 }) => [`${exampleId}:${arm}`, sha256]),
  );
  return prepared.map(({ exampleId }) => ({
    exampleId,
    answers: byArm((arm) => found.get(`${exampleId}:${arm}`) ?? null),
  }));
}

/** How one base arm did on the validation rows. */
function measureValidation(
  rows: readonly PreparedRow[],
  arm: 'base' | 'base_examples',
  byId: ReadonlyMap<string, Measured>,
  brief: BriefOfRelease,
): ValidationArm {
  const rules = houseRulesSchema.parse(brief.rules);
  let [passed, total, lossSum, tokens] = [0, 0, 0, 0];
  for (const { exampleId } of rows) {
    const row = byId.get(`${exampleId}:${arm}`);
    total += 1;
    if (
      typeof row?.answer === 'string' &&
      passes(checkContent({ rules, slots: brief.slots }, { reply: row.answer }))
    )
      passed += 1;
    if (typeof row?.loss === 'number' && row.replyTokens) {
      lossSum += row.loss * row.replyTokens;
      tokens += row.replyTokens;
    }
  }
  return { passed, total, loss: tokens === 0 ? null : lossSum / tokens };
}

/**
 * Stores the answers of a proof once, chooses the opponent by the validation rows, and opens the
 * vote; what is counted without votes is decided, and closed at once. Safe to repeat.
 */
export async function storeAnswers(
  viewer: Viewer,
  proof: {
    id: string;
    commitment: string;
    sideSecret: string;
    adapterSha256: string;
    measure: ProofMeasure;
    planCandidate: ProofArm;
    planOpponent: OpponentArm | null;
  },
  input: {
    heldOut: readonly PreparedRow[];
    heldOutRows: number;
    validation: readonly PreparedRow[];
    brief: BriefOfRelease;
    answers: TrainerAnswers;
  },
): Promise<void> {
  const { heldOut, validation, brief, answers } = input;
  const byId = new Map(answers.rows.map((row) => [row.id, row]));
  const arms = {
    base: measureValidation(validation, 'base', byId, brief),
    base_examples: measureValidation(validation, 'base_examples', byId, brief),
  };
  const hasRules = houseRulesSchema.parse(brief.rules).length > 0;
  const { opponent, chosenBy } = chooseOpponent(arms, proof.planOpponent, hasRules);
  const { baseModel, replySchema, ...settings } = answers.settings;
  await db.$transaction(async (tx) => {
    const state = await lockProof(tx, proof.id);
    if (state !== 'answering') return;
    // Another document's fields are no way to answer, unless somebody asks how they would do.
    const isNamed = [proof.planCandidate, proof.planOpponent].includes('nearest');
    const rows = answersOf(proof.id, heldOut, byId, !replySchema || isNamed);
    for (let from = 0; from < rows.length; from += PAGE)
      await tx.proofAnswer.createMany({ data: rows.slice(from, from + PAGE) });
    const commitment = answersCommitment({
      commitment: proof.commitment,
      sideSecret: proof.sideSecret,
      opponent,
      items: hashesOf(heldOut, rows),
    });
    await tx.proof.update({
      where: { id: proof.id },
      data: {
        state: 'open',
        answeredAt: new Date(),
        answersCommitment: commitment,
        opponent,
        validation: { ...arms, chosenBy } satisfies ProofValidation,
        settings: {
          ...settings,
          baseModel: baseModel ?? null,
          replySchema: replySchema ?? null,
          adapterSha256: proof.adapterSha256,
          heldOutRows: input.heldOutRows,
        } satisfies ProofSettings,
      },
      select: { id: true },
    });
    await recordAudit(tx, viewer, {
      action: 'proof.answered',
      subjectType: 'proof',
      subjectId: proof.id,
      data: {
        rows: heldOut.length,
        failed: rows.filter((row) => row.error).length,
        opponent,
        chosenBy,
        commitment,
      },
    });
    if (!isVoted(proof.measure)) await closeOpenProof(tx, viewer, proof.id);
  });
}

async function lockProof(tx: Tx, proofId: string): Promise<string | undefined> {
  const [row] = await tx.$queryRaw<{ state: string }[]>`
    SELECT "state"::text FROM "Proof" WHERE "id" = ${proofId}::uuid FOR UPDATE`;
  return row?.state;
}
