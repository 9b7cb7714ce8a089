import 'server-only';
import { loadJudged, loadParts } from '@/lib/curves/curve-rows';
import {
  answerOf,
  curveSeconds,
  partsDiffer,
  settingsKey,
  trainingsLeft,
} from '@/lib/curves/curve-rules';
import { db, type Tx } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { findMeasuredSpeed } from '@/lib/training/measured-speed';
import { runSettingsSchema } from '@/lib/training/run-schema';

/** A model of the viewer's workspace with what a curve of it needs. Throws NOT_FOUND outside it. */
export async function loadCurveModel(viewer: Viewer, modelId: string, tx: Tx | typeof db = db) {
  const model = await tx.model.findFirst({
    where: { id: modelId, workspaceId: viewer.workspaceId },
    select: {
      id: true,
      baseModel: true,
      run: {
        select: {
          releaseId: true,
          quote: { select: { settings: true, trainingExamples: true, trainingTokens: true } },
        },
      },
    },
  });
  if (!model) throw new AppError('NOT_FOUND');
  const { releaseId, quote } = model.run;
  const settings = runSettingsSchema.parse(quote.settings);
  return { ...model, releaseId, quote, settings, key: settingsKey(model.baseModel, settings) };
}

/** Why a release has no curve, or null. */
export async function findRefusal(
  releaseId: string,
): Promise<'tooFewGroups' | 'nothingHeldOut' | null> {
  const [parts, judged] = await Promise.all([loadParts(releaseId), loadJudged(releaseId)]);
  if (judged.length === 0) return 'nothingHeldOut';
  return partsDiffer(parts) ? null : 'tooFewGroups';
}

/** The curve of a model's release and settings, as far as it is, and what the rest would take. */
export async function getCurve(viewer: Viewer, modelId: string) {
  assertCan(viewer, 'model:read');
  const { workspaceId } = viewer;
  const model = await loadCurveModel(viewer, modelId);
  const { releaseId } = model;
  const curve = await db.learningCurve.findFirst({
    where: { workspaceId, releaseId, settingsKey: model.key },
    select: {
      id: true,
      finishedAt: true,
      points: {
        orderBy: [{ share: 'asc' }, { seed: 'asc' }],
        select: { share: true, seed: true, examples: true, score: true, seconds: true },
      },
    },
  });
  const points = curve?.points ?? [];
  const [job, heldOutRows, speed, trainingExamples] = await Promise.all([
    curve
      ? db.job.findFirst({
          where: { workspaceId, subjectId: curve.id, kind: 'curve.measure' },
          orderBy: { id: 'desc' },
          select: { id: true, state: true, errorCode: true, errorValues: true },
        })
      : null,
    db.releaseItem.count({ where: { releaseId, split: 'held_out' } }),
    findMeasuredSpeed(model.baseModel),
    db.releaseItem.count({ where: { releaseId, split: 'training' } }),
  ]);
  const left = trainingsLeft(points);
  return {
    points,
    job,
    answer: answerOf(points),
    trainingExamples,
    heldOutRows,
    left: left.length,
    expectedSeconds: curveSeconds(left, {
      ...model.quote,
      heldOutRows,
      epochs: model.settings.epochs,
      tokensPerSecond: speed?.tokensPerSecond ?? null,
    }),
  };
}
export type CurveResult = Awaited<ReturnType<typeof getCurve>>;
