import 'server-only';
import { randomBytes } from 'node:crypto';
import { recordAudit } from '@/lib/audit/audit-mutations';
import { insertBriefVersion } from '@/lib/datasets/brief-mutations';
import type {
  DatasetArchive,
  DatasetCreate,
  DatasetRename,
  DatasetTokenDecisions,
} from '@/lib/datasets/dataset-schema';
import { db, Prisma } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { assertCan } from '@/lib/permissions';
import type { Viewer } from '@/lib/session';

/** The database's only unique constraint that a person can meet here is the name in the workspace. */
function toNameTaken(error: unknown): unknown {
  const isTaken = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
  if (!isTaken) return error;
  return new AppError(
    'CONFLICT',
    'datasets.errors.nameTaken',
    {},
    { fieldErrors: { name: 'nameTaken' } },
  );
}

/** Makes a dataset with the first version of its brief. CONFLICT with a field error when the name is taken. */
export async function createDataset(viewer: Viewer, input: DatasetCreate): Promise<{ id: string }> {
  assertCan(viewer, 'dataset:create');
  const { name, task, systemPrompt } = input;
  return db
    .$transaction(async (tx) => {
      const dataset = await tx.dataset.create({
        data: {
          workspaceId: viewer.workspaceId,
          name,
          splitSeed: randomBytes(32).toString('hex'),
          createdById: viewer.userId,
        },
        select: { id: true },
      });
      await recordAudit(tx, viewer, {
        action: 'dataset.created',
        subjectType: 'dataset',
        subjectId: dataset.id,
      });
      const content = { task, systemPrompt, guidelines: '', slots: [], rules: [] };
      await insertBriefVersion(tx, viewer, { datasetId: dataset.id, version: 1, content });
      return dataset;
    })
    .catch((error: unknown) => {
      throw toNameTaken(error);
    });
}

type Change = {
  datasetId: string;
  version: number;
  data: { name: string } | { archivedAt: Date | null } | { allowTokenDecisions: boolean };
  action:
    | 'dataset.renamed'
    | 'dataset.archived'
    | 'dataset.unarchived'
    | 'dataset.token_decisions_allowed'
    | 'dataset.token_decisions_forbidden';
};

/** Changes a dataset's own columns over the version that the person saw. */
async function changeDataset(viewer: Viewer, change: Change): Promise<{ version: number }> {
  const { datasetId, version, data, action } = change;
  const scope = { id: datasetId, workspaceId: viewer.workspaceId };
  return db
    .$transaction(async (tx) => {
      const { count } = await tx.dataset.updateMany({
        where: { ...scope, version },
        data: { ...data, version: { increment: 1 } },
      });
      if (count === 0) {
        const exists = await tx.dataset.findFirst({ where: scope, select: { id: true } });
        throw exists
          ? new AppError('CONFLICT', 'datasets.errors.changed')
          : new AppError('NOT_FOUND');
      }
      await recordAudit(tx, viewer, { action, subjectType: 'dataset', subjectId: datasetId });
      return { version: version + 1 };
    })
    .catch((error: unknown) => {
      throw toNameTaken(error);
    });
}

/** Gives a dataset another name. CONFLICT when it is taken or somebody changed the dataset meanwhile. */
export async function renameDataset(
  viewer: Viewer,
  input: DatasetRename,
): Promise<{ version: number }> {
  assertCan(viewer, 'dataset:manage');
  const { datasetId, version, name } = input;
  return changeDataset(viewer, { datasetId, version, data: { name }, action: 'dataset.renamed' });
}

/** Puts a dataset away, or takes it back. Nothing in it is lost; releases and models stay. */
export async function archiveDataset(
  viewer: Viewer,
  input: DatasetArchive,
): Promise<{ version: number }> {
  assertCan(viewer, 'dataset:manage');
  const { datasetId, version, archived } = input;
  return changeDataset(viewer, {
    datasetId,
    version,
    data: { archivedAt: archived ? new Date() : null },
    action: archived ? 'dataset.archived' : 'dataset.unarchived',
  });
}

/**
 * Says whether approvals by access token count in a dataset's releases. What is frozen stays as it
 * is; a release that is being frozen goes by what stands when its rows are fixed.
 */
export async function setTokenDecisions(
  viewer: Viewer,
  input: DatasetTokenDecisions,
): Promise<{ version: number }> {
  assertCan(viewer, 'dataset:manage');
  const { datasetId, version, allowed } = input;
  return changeDataset(viewer, {
    datasetId,
    version,
    data: { allowTokenDecisions: allowed },
    action: allowed ? 'dataset.token_decisions_allowed' : 'dataset.token_decisions_forbidden',
  });
}
