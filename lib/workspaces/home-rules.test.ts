import { expect, test } from 'vitest';
import type { Role } from '@/lib/permissions';
import type { HomeDataset } from './home-queries';
import { homeTasks } from './home-rules';

const dataset = (over: Partial<HomeDataset> = {}): HomeDataset => ({
  id: 'd1',
  name: 'Support',
  draft: 0,
  inReview: 0,
  sentBack: 0,
  approved: 0,
  ownDrafts: 0,
  ownSentBack: 0,
  reviewable: 0,
  briefWaiting: null,
  briefIsOwn: false,
  ...over,
});

test.each<[string, Role, HomeDataset[], number, string[]]>([
  ['a new workspace', 'admin', [], 1, ['firstDataset', 'secondReviewer']],
  ['a writer of a new workspace', 'writer', [], 1, []],
  [
    'what came back is first',
    'writer',
    [dataset({ ownDrafts: 3, ownSentBack: 2 })],
    2,
    ['sentBack', 'drafts'],
  ],
  ['a writer reviews nothing', 'writer', [dataset({ reviewable: 5, briefWaiting: 2 })], 2, []],
  ['a reviewer', 'reviewer', [dataset({ reviewable: 5, briefWaiting: 2 })], 2, ['brief', 'review']],
  [
    'nobody approves their own brief',
    'admin',
    [dataset({ briefWaiting: 2, briefIsOwn: true })],
    2,
    [],
  ],
  ['nine approved are no release', 'admin', [dataset({ approved: 9 })], 2, []],
  ['ten are', 'admin', [dataset({ approved: 10 })], 2, ['release']],
  ['a reviewer does not release', 'reviewer', [dataset({ approved: 10 })], 2, []],
  ['alone', 'admin', [dataset()], 1, ['secondReviewer']],
])('%s', (_name, role, datasets, reviewerCount, expected) => {
  expect(homeTasks({ role, datasets, reviewerCount, votes: [] }).map(({ kind }) => kind)).toEqual(
    expected,
  );
});

test('each dataset counts for itself', () => {
  const datasets = [dataset({ ownDrafts: 1 }), dataset({ id: 'd2', ownDrafts: 4 })];
  expect(homeTasks({ role: 'writer', datasets, reviewerCount: 2, votes: [] })).toEqual([
    { kind: 'drafts', datasetId: 'd1', count: 1 },
    { kind: 'drafts', datasetId: 'd2', count: 4 },
  ]);
});

test('a vote comes after what others wait for and before one’s own drafts', () => {
  const votes = [{ proofId: 'p1', datasetId: 'd1', count: 12 }];
  const datasets = [dataset({ reviewable: 1, ownDrafts: 1 })];
  const tasks = homeTasks({ role: 'reviewer', datasets, reviewerCount: 2, votes });
  expect(tasks.map(({ kind }) => kind)).toEqual(['review', 'vote', 'drafts']);
  expect(tasks[1]).toEqual({ kind: 'vote', proofId: 'p1', datasetId: 'd1', count: 12 });
});
