import { can, type Role } from '@/lib/permissions';
import type { VoteTask } from '@/lib/proofs/vote-task-queries';
import type { HomeDataset } from './home-queries';

/** One thing to do next, with where it is done. */
export type HomeTask =
  | { kind: 'sentBack' | 'review' | 'drafts'; datasetId: string; count: number }
  | { kind: 'brief' | 'release'; datasetId: string; count: number }
  | { kind: 'vote'; datasetId: string; proofId: string; count: number }
  | { kind: 'firstDataset' | 'secondReviewer'; datasetId: null; count: number };

/** A release below this is refused, so it is not proposed either. */
const releasable = 10;

/**
 * What a person of this role does next, the most urgent first: answers to what came back, what
 * others wait for, one's own drafts, and what only an admin can move on.
 */
export function homeTasks(input: {
  role: Role;
  datasets: HomeDataset[];
  reviewerCount: number;
  /** Proofs that wait for a vote of this person's. */
  votes: VoteTask[];
}): HomeTask[] {
  const { role, datasets, reviewerCount, votes } = input;
  const tasks: HomeTask[] = [];
  const add = (
    kind: Exclude<HomeTask['kind'], 'firstDataset' | 'secondReviewer' | 'vote'>,
    of: (dataset: HomeDataset) => number,
  ) => {
    for (const dataset of datasets) {
      const count = of(dataset);
      if (count > 0) tasks.push({ kind, datasetId: dataset.id, count });
    }
  };
  if (datasets.length === 0 && can(role, 'dataset:create')) {
    tasks.push({ kind: 'firstDataset', datasetId: null, count: 0 });
  }
  add('sentBack', ({ ownSentBack }) => ownSentBack);
  if (can(role, 'brief:approve')) {
    add('brief', ({ briefWaiting, briefIsOwn }) => (briefIsOwn ? 0 : (briefWaiting ?? 0)));
  }
  if (can(role, 'review:decide')) add('review', ({ reviewable }) => reviewable);
  for (const vote of votes) tasks.push({ kind: 'vote', ...vote });
  add('drafts', ({ ownDrafts }) => ownDrafts);
  if (can(role, 'people:manage') && reviewerCount < 2) {
    tasks.push({ kind: 'secondReviewer', datasetId: null, count: reviewerCount });
  }
  if (can(role, 'release:create')) {
    add('release', ({ approved }) => (approved >= releasable ? approved : 0));
  }
  return tasks;
}
