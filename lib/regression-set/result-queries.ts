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

/** How a model did beside its base model, by the items in the set now and what people decided. */
export async function loadComparison(
  workspaceId: string,
  modelId: string,
  tx: Tx | typeof db = db,
): Promise<Comparison> {
  const items = await loadItems(workspaceId, tx);
  const answers = await tx.regressionAnswer.findMany({
    where: { modelId, workspaceId },
    select: { itemId: true, arm: true, outcome: true, decision: { select: { outcome: true } } },
  });
  return compareArms(
    items,
    answers.map(({ decision, ...answer }) => ({ ...answer, ...decision })),
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

async function findNames(userIds: string[]): Promise<Map<string, string>> {
  const people = await db.user.findMany({
    where: { id: { in: userIds } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
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
      decision: { select: { outcome: true, decidedById: true } },
    },
  });
  const names = await findNames(answers.flatMap(({ decision }) => decision?.decidedById ?? []));
  const find = (itemId: string, arm: RegressionArm) => {
    const answer = answers.find((one) => one.itemId === itemId && one.arm === arm);
    if (!answer) return undefined;
    const { decision, ...rest } = answer;
    return {
      ...rest,
      outcome: decision?.outcome ?? answer.outcome,
      decided: decision && {
        outcome: decision.outcome,
        by: names.get(decision.decidedById) ?? null,
      },
      canBeDecided: answer.outcome === 'unclear' && answer.erasureId === null,
    };
  };
  const rows = items.flatMap((item) => {
    const [base, tuned] = [find(item.id, 'base'), find(item.id, 'tuned')];
    if (!base || !tuned || !isShown(show, base.outcome, tuned.outcome)) return [];
    return [{ item, base, tuned }];
  });
  return { model, rows };
}
export type RegressionRow = Awaited<ReturnType<typeof findRegressionAnswers>>['rows'][number];
