import 'server-only';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import { findOpenVotes } from '@/lib/proofs/look-queries';
import type { Viewer } from '@/lib/session';
import type {
  AnswerRef,
  AskedAgainOutcome,
  SeenAnswer,
} from '@/lib/wrong-answers/wrong-answer-schema';

/** Marks that a model's page lists; the rest is said as a number. */
const SHOWN = 50;

export type Mark = { note: string | null; markedBy: string; markedAt: Date };

type MarkState = { canBeMarked: boolean; isMarked: boolean };

/** Whether the tuned answer of a model to an example can be marked, and is. Tells nothing else of it. */
export async function findMarkState(viewer: Viewer, ref: SeenAnswer): Promise<MarkState> {
  assertCan(viewer, 'model:read');
  const answer = await db.answer.findFirst({
    where: seenScopeOf(viewer, ref),
    select: { marks: { select: { modelId: true } } },
  });
  return { canBeMarked: answer !== null, isMarked: (answer?.marks.length ?? 0) > 0 };
}

/** The tuned answer of one's own workspace to what its release holds out; a case that retired is judged, not marked. */
export const scopeOf = (viewer: Viewer, { modelId, exampleId }: AnswerRef) => ({
  modelId,
  exampleId,
  arm: 'tuned' as const,
  model: {
    workspaceId: viewer.workspaceId,
    run: { release: { items: { some: { exampleId, split: 'held_out' as const } } } },
  },
});

/** The same where there is a text to see: the run's, or that of the proof that is named. */
export const seenScopeOf = (viewer: Viewer, { proofId, ...ref }: SeenAnswer) => {
  const scope = scopeOf(viewer, ref);
  if (!proofId) return { ...scope, error: null };
  const answers = { some: { arm: 'tuned' as const, error: null, erasureId: null } };
  const items = { some: { exampleId: ref.exampleId, answers } };
  return { ...scope, model: { ...scope.model, proofs: { some: { id: proofId, items } } } };
};

export type MarkedAnswer = {
  modelName: string;
  releaseId: string;
  releaseNumber: number;
  datasetId: string;
  number: number;
  topic: string | null;
  prompt: string;
  reply: string;
  answer: string;
  cutOff: boolean;
  mark: Mark;
  /** What people said of later models' answers to the same case, the newest model first. */
  again: { modelId: string; modelName: string; outcome: AskedAgainOutcome }[];
};

/** What the page of a marked answer shows, or only whether looking would end one's voting. */
export type MarkedView =
  | { isOpen: false; mayVote: boolean }
  | { isOpen: true; marked: MarkedAnswer };

/**
 * A marked answer with its prompt and ideal reply. Throws NOT_FOUND where nothing is marked. Says
 * nothing of them to who may still vote on these examples, or has not opened the answer.
 */
export async function getMarkedAnswer(viewer: Viewer, ref: AnswerRef): Promise<MarkedView> {
  assertCan(viewer, 'model:read');
  const [marked] = await db.$queryRaw<(Omit<MarkedAnswer, 'mark' | 'again'> & Mark)[]>`
    SELECT m."name" AS "modelName", rel."id" AS "releaseId", rel."number" AS "releaseNumber", rel."datasetId",
           e."number", e."topic", r."promptText" AS "prompt", r."replyText" AS "reply",
           coalesce(p."text", a."text") AS "answer", coalesce(p."cutOff", a."cutOff") AS "cutOff", w."note", w."createdAt" AS "markedAt", u."name" AS "markedBy"
    FROM "WrongAnswer" w JOIN "Model" m ON m."id" = w."modelId"
    JOIN "Run" run ON run."id" = m."runId" JOIN "Release" rel ON rel."id" = run."releaseId"
    JOIN "ReleaseItem" i ON i."releaseId" = rel."id" AND i."exampleId" = w."exampleId"
    JOIN "Example" e ON e."id" = i."exampleId" JOIN "Revision" r ON r."id" = i."revisionId"
    JOIN "Answer" a ON a."modelId" = w."modelId" AND a."exampleId" = w."exampleId" AND a."arm" = w."arm"
    LEFT JOIN "ProofAnswer" p ON p."proofId" = w."proofId" AND p."exampleId" = w."exampleId"
      AND p."arm" = 'tuned' AND p."erasureId" IS NULL
    JOIN "User" u ON u."id" = w."createdById"
    WHERE w."modelId" = ${ref.modelId}::uuid AND w."exampleId" = ${ref.exampleId}::uuid
      AND w."workspaceId" = ${viewer.workspaceId}::uuid`;
  if (!marked) throw new AppError('NOT_FOUND');
  const mayVote = (await findOpenVotes(viewer, ref.modelId)).length > 0;
  if (mayVote || !(await hasSeen(viewer, ref.exampleId))) return { isOpen: false, mayVote };
  const { note, markedBy, markedAt, ...rest } = marked;
  const again = await findOutcomes(viewer, ref);
  return { isOpen: true, marked: { ...rest, mark: { note, markedBy, markedAt }, again } };
}

async function findOutcomes(viewer: Viewer, ref: AnswerRef): Promise<MarkedAnswer['again']> {
  const rows = await db.askedAgain.findMany({
    where: { modelId: ref.modelId, exampleId: ref.exampleId, workspaceId: viewer.workspaceId },
    orderBy: { laterModelId: 'desc' },
    select: { outcome: true, answer: { select: { model: { select: { id: true, name: true } } } } },
  });
  return rows.map(({ outcome, answer }) => ({
    modelId: answer.model.id,
    modelName: answer.model.name,
    outcome,
  }));
}

/** Whether this person has opened a model's answer to a held-out example. */
export async function hasSeen(
  viewer: Viewer,
  exampleId: string,
  client: Tx = db,
): Promise<boolean> {
  const view = await client.heldOutView.findFirst({
    where: { userId: viewer.userId, exampleId, workspaceId: viewer.workspaceId },
    select: { exampleId: true },
  });
  return view !== null;
}

export type MarkRow = {
  exampleId: string;
  number: number;
  topic: string | null;
};

/**
 * The marked answers of a model, newest first. Not for who may still vote on its examples: which
 * of them a colleague took for wrong would sway them.
 */
export async function findMarks(
  viewer: Viewer,
  modelId: string,
): Promise<{ count: number; marks: MarkRow[] }> {
  assertCan(viewer, 'model:read');
  if ((await findOpenVotes(viewer, modelId)).length > 0) return { count: 0, marks: [] };
  const count = await db.wrongAnswer.count({
    where: { modelId, workspaceId: viewer.workspaceId },
  });
  if (count === 0) return { count, marks: [] };
  const marks = await db.$queryRaw<MarkRow[]>`
    SELECT w."exampleId", e."number", e."topic" FROM "WrongAnswer" w
    JOIN "Example" e ON e."id" = w."exampleId"
    WHERE w."modelId" = ${modelId}::uuid AND w."workspaceId" = ${viewer.workspaceId}::uuid
    ORDER BY w."createdAt" DESC, w."exampleId" LIMIT ${SHOWN}`;
  return { count, marks };
}
