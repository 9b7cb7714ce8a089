import 'server-only';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import {
  type Comparison,
  compareArms,
  isShown,
  type RegressionArm,
  type ShownAnswers,
} from './comparison-rules';
import { loadItems } from './item-queries';
import type { RegressionItem, RegressionKind } from './regression-schema';

const arms = ['base', 'tuned'] as const;

/** What a model was not asked yet: each item with the models that lack an answer to it. */
export async function findUnasked(
  workspaceId: string,
  modelId: string,
  tx: Tx | typeof db = db,
): Promise<{ item: RegressionItem; arms: RegressionArm[] }[]> {
  const items = await loadItems(workspaceId, tx);
  const answers = await tx.regressionAnswer.findMany({
    where: { modelId, workspaceId },
    select: { itemId: true, arm: true },
  });
  const known = new Set(answers.map(({ itemId, arm }) => `${itemId} ${arm}`));
  return items.flatMap((item) => {
    const open = arms.filter((arm) => !known.has(`${item.id} ${arm}`));
    return open.length > 0 ? [{ item, arms: open }] : [];
  });
}

type Key = { itemId: string; arm: string };
const sameAnswer = (one: Key) => (other: Key) =>
  one.itemId === other.itemId && one.arm === other.arm;

/** How a model did beside its base model, by the items in the set now and what people decided. */
export async function loadComparison(
  workspaceId: string,
  modelId: string,
  tx: Tx | typeof db = db,
): Promise<Comparison> {
  const items = await loadItems(workspaceId, tx);
  const answers = await tx.regressionAnswer.findMany({
    where: { modelId, workspaceId },
    select: { itemId: true, arm: true, outcome: true },
  });
  const decisions = await tx.regressionDecision.findMany({
    where: { modelId, workspaceId },
    select: { itemId: true, arm: true, outcome: true },
  });
  return compareArms(
    items,
    answers.map((answer) => ({ ...answer, ...decisions.find(sameAnswer(answer)) })),
  );
}

/** The result of a model, and the newest job that asked for it. Throws NOT_FOUND as above. */
export async function getRegressionResult(viewer: Viewer, modelId: string) {
  assertCan(viewer, 'model:read');
  const { workspaceId } = viewer;
  const model = await db.model.findFirst({
    where: { id: modelId, workspaceId },
    select: { id: true },
  });
  if (!model) throw new AppError('NOT_FOUND');
  const [comparison, job] = await Promise.all([
    loadComparison(workspaceId, modelId),
    db.job.findFirst({
      where: { workspaceId, subjectId: modelId, kind: 'regression.ask' },
      orderBy: { id: 'desc' },
      select: { id: true, state: true, errorCode: true, errorValues: true },
    }),
  ]);
  return { comparison, job };
}
export type RegressionResult = Awaited<ReturnType<typeof getRegressionResult>>;

/** What people decided of a model's answers, with their names. */
async function findDecisions(workspaceId: string, modelId: string) {
  const decisions = await db.regressionDecision.findMany({
    where: { modelId, workspaceId },
    select: { itemId: true, arm: true, outcome: true, decidedById: true },
  });
  const people = await db.user.findMany({
    where: { id: { in: decisions.map(({ decidedById }) => decidedById) } },
    select: { id: true, name: true },
  });
  return decisions.map(({ decidedById, ...decision }) => ({
    ...decision,
    by: people.find(({ id }) => id === decidedById)?.name ?? null,
  }));
}

/** The items of a list with both answers, for one kind. Throws NOT_FOUND as above. */
export async function findRegressionAnswers(
  viewer: Viewer,
  input: { modelId: string; kind: RegressionKind; show: ShownAnswers },
) {
  assertCan(viewer, 'model:read');
  const { workspaceId } = viewer;
  const { modelId, kind, show } = input;
  const model = await db.model.findFirst({
    where: { id: modelId, workspaceId },
    select: { id: true, name: true },
  });
  if (!model) throw new AppError('NOT_FOUND');
  const items = (await loadItems(workspaceId)).filter((item) => item.kind === kind);
  const answers = await db.regressionAnswer.findMany({
    where: { modelId, workspaceId, kind },
    select: {
      itemId: true,
      arm: true,
      text: true,
      cutOff: true,
      outcome: true,
      reason: true,
      erasureId: true,
    },
  });
  const decisions = await findDecisions(workspaceId, modelId);
  const find = (itemId: string, arm: RegressionArm) => {
    const answer = answers.find(sameAnswer({ itemId, arm }));
    if (!answer) return undefined;
    const decided = decisions.find(sameAnswer(answer)) ?? null;
    const canBeDecided = answer.outcome === 'unclear' && answer.erasureId === null;
    return { ...answer, outcome: decided?.outcome ?? answer.outcome, decided, canBeDecided };
  };
  const rows = items.flatMap((item) => {
    const [base, tuned] = [find(item.id, 'base'), find(item.id, 'tuned')];
    if (!base || !tuned || !isShown(show, base.outcome, tuned.outcome)) return [];
    return [{ item, base, tuned }];
  });
  return { model, rows };
}
export type RegressionRow = Awaited<ReturnType<typeof findRegressionAnswers>>['rows'][number];
