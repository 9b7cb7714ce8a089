import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { findBorder, type PageInput, toPage } from '@/lib/paging';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';
import { runSettingsSchema } from '@/lib/training/run-schema';
import type { Prisma } from '@/prisma/generated/client';

const listSelect = {
  id: true,
  number: true,
  state: true,
  step: true,
  totalSteps: true,
  createdAt: true,
  startedAt: true,
  finishedAt: true,
  model: { select: { id: true, name: true } },
  quote: { select: { baseModel: true, expectedSeconds: true } },
  release: { select: { id: true, number: true, dataset: { select: { id: true, name: true } } } },
} satisfies Prisma.RunSelect;

type OfDataset = { datasetId?: string | undefined };

/** The newest runs of a dataset, or of the whole workspace, newest first: at most 200. */
export async function findRuns(viewer: Viewer, input: OfDataset = {}) {
  return (await findRunPage(viewer, input, { limit: 200, after: null })).rows;
}

/** The same, page by page. */
export async function findRunPage(viewer: Viewer, input: OfDataset, { limit, after }: PageInput) {
  assertCan(viewer, 'run:read');
  const scope = {
    workspaceId: viewer.workspaceId,
    ...(input.datasetId ? { release: { datasetId: input.datasetId } } : {}),
  };
  const border = await findBorder(after, (id) =>
    db.run.findFirst({ where: { ...scope, id }, select: { number: true } }),
  );
  const runs = await db.run.findMany({
    where: { ...scope, ...(border ? { number: { lt: border.number } } : {}) },
    orderBy: { number: 'desc' },
    take: limit + 1,
    select: listSelect,
  });
  return toPage(runs, limit);
}

/** How many runs stand before this one in the queue for this machine. */
async function countBefore(run: { id: string; state: string }): Promise<number> {
  if (run.state !== 'queued') return 0;
  return db.run.count({
    where: { id: { lt: run.id }, state: { in: ['queued', 'preparing', 'training', 'evaluating'] } },
  });
}

/** Everything that the run page shows and keeps showing: state, curve, log. */
export async function getRun(viewer: Viewer, runId: string) {
  assertCan(viewer, 'run:read');
  const run = await db.run.findFirst({
    where: { id: runId, workspaceId: viewer.workspaceId },
    select: {
      ...listSelect,
      seed: true,
      tokensPerSecond: true,
      phaseDone: true,
      phaseTotal: true,
      errorCode: true,
      errorValues: true,
      cancelRequestedAt: true,
      quote: {
        select: {
          baseModel: true,
          expectedSeconds: true,
          settings: true,
          trainingExamples: true,
          validationExamples: true,
          trainingTokens: true,
          priceCents: true,
        },
      },
      metrics: { orderBy: [{ step: 'asc' }], select: { kind: true, step: true, loss: true } },
      events: {
        orderBy: { id: 'desc' },
        take: 200,
        select: { id: true, at: true, level: true, kind: true, values: true },
      },
    },
  });
  if (!run) throw new AppError('NOT_FOUND');
  return {
    ...run,
    events: run.events.reverse().map((event) => ({ ...event, id: String(event.id) })),
    quote: { ...run.quote, settings: runSettingsSchema.parse(run.quote.settings) },
    before: await countBefore(run),
    now: new Date(),
  };
}

export type RunView = Awaited<ReturnType<typeof getRun>>;

/** The workspace of a run, for addresses that name only the run. */
export async function findRunWorkspace(runId: string): Promise<string | null> {
  const run = await db.run.findUnique({ where: { id: runId }, select: { workspaceId: true } });
  return run?.workspaceId ?? null;
}
