import { can, type Permission, type Role } from '@/lib/permissions';

/** The street in five steps, in the order in which they are walked. */
export const firstStepKinds = ['write', 'review', 'release', 'train', 'prove'] as const;
export type FirstStepKind = (typeof firstStepKinds)[number];

/** What the data says: the dataset to walk with, how far it came, and what was done. */
export type FirstStepsState = {
  datasetId: string | null;
  /** Number of the newest frozen release of that dataset. */
  release: number | null;
  modelId: string | null;
  done: Record<FirstStepKind, boolean>;
};

export type FirstStep = {
  kind: FirstStepKind;
  isDone: boolean;
  /** The lowest role that does it, where the viewer's does not; null where it is theirs to do. */
  doneBy: Role | null;
  /** Where it is done, below the workspace's address; null where the viewer cannot do it yet. */
  path: string | null;
};

const needs: Record<FirstStepKind, { permission: Permission; by: Role }> = {
  write: { permission: 'example:write', by: 'writer' },
  review: { permission: 'review:decide', by: 'reviewer' },
  release: { permission: 'release:create', by: 'admin' },
  train: { permission: 'run:create', by: 'admin' },
  prove: { permission: 'proof:create', by: 'admin' },
};

/** The five steps as they stand for a person of this role. */
export function firstSteps(role: Role, state: FirstStepsState): FirstStep[] {
  return firstStepKinds.map((kind) => {
    const { permission, by } = needs[kind];
    const isOwn = can(role, permission);
    return {
      kind,
      isDone: state.done[kind],
      doneBy: isOwn ? null : by,
      path: isOwn ? stepPath(kind, role, state) : null,
    };
  });
}

function stepPath(kind: FirstStepKind, role: Role, state: FirstStepsState): string | null {
  if (kind === 'prove') return proofPath(state.modelId);
  if (!state.datasetId) return can(role, 'dataset:create') ? '/datasets/new' : null;
  const dataset = `/datasets/${state.datasetId}`;
  switch (kind) {
    case 'write':
      return `${dataset}/examples?open=new`;
    case 'review':
      return `${dataset}/review`;
    case 'release':
      return `${dataset}/releases/new`;
    case 'train':
      return state.release === null ? null : `${dataset}/releases/${state.release}/train`;
    default:
      return kind satisfies never;
  }
}

/** The one place that says where a proof is begun: on the page of the newest model. */
const proofPath = (modelId: string | null): string | null =>
  modelId === null ? null : `/models/${modelId}#proof`;
