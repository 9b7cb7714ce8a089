import { expect, test } from 'vitest';
import type { Role } from '@/lib/permissions';
import { type FirstStepsState, firstSteps } from './first-steps-rules';

const state = (over: Partial<FirstStepsState> = {}): FirstStepsState => ({
  datasetId: 'd1',
  release: null,
  modelId: null,
  done: { write: false, review: false, release: false, train: false, prove: false },
  ...over,
});

const paths = (role: Role, of: FirstStepsState) =>
  firstSteps(role, of).map(({ kind, path, doneBy }) => `${kind} ${path ?? doneBy ?? 'later'}`);

test.each<[string, Role, FirstStepsState, string[]]>([
  [
    'a writer writes; the rest is done by others',
    'writer',
    state(),
    [
      'write /datasets/d1/examples?open=new',
      'review reviewer',
      'release admin',
      'train admin',
      'prove admin',
    ],
  ],
  [
    'a reviewer also reviews',
    'reviewer',
    state({ release: 1 }),
    [
      'write /datasets/d1/examples?open=new',
      'review /datasets/d1/review',
      'release admin',
      'train admin',
      'prove admin',
    ],
  ],
  [
    'an admin cannot train before there is a release',
    'admin',
    state(),
    [
      'write /datasets/d1/examples?open=new',
      'review /datasets/d1/review',
      'release /datasets/d1/releases/new',
      'train later',
      'prove later',
    ],
  ],
  [
    'with release and model every step has its page',
    'admin',
    state({ release: 3, modelId: 'm1' }),
    [
      'write /datasets/d1/examples?open=new',
      'review /datasets/d1/review',
      'release /datasets/d1/releases/new',
      'train /datasets/d1/releases/3/train',
      'prove /models/m1#proof',
    ],
  ],
  [
    'without a dataset an admin makes one first',
    'admin',
    state({ datasetId: null }),
    [
      'write /datasets/new',
      'review /datasets/new',
      'release /datasets/new',
      'train /datasets/new',
      'prove later',
    ],
  ],
  [
    'and a writer waits for it',
    'writer',
    state({ datasetId: null }),
    ['write later', 'review reviewer', 'release admin', 'train admin', 'prove admin'],
  ],
])('%s', (_, role, of, expected) => {
  expect(paths(role, of)).toEqual(expected);
});

test('what is done is told from the state, whatever the role', () => {
  const done = { write: true, review: false, release: true, train: false, prove: false };
  for (const role of ['writer', 'reviewer', 'admin'] as const)
    expect(
      firstSteps(role, state({ done }))
        .filter(({ isDone }) => isDone)
        .map(({ kind }) => kind),
    ).toEqual(['write', 'release']);
});
