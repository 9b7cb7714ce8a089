// What the rows of the authorization table are made of.
import type { ErrorCode } from '@/lib/errors';
import { emptyMapping } from '@/lib/imports/import-rules';
import type { Role } from '@/lib/permissions';
import type { Person, Scene } from '@/tests/authorization-scene';

/** What is sent; an action takes `body` as its input. */
export type Call = {
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  /** A body that is no JSON. */
  raw?: string;
};

export type Row = {
  /** `signInAction`, or `GET /api/session`. */
  id: string;
  lowest: Role | 'signed in' | 'public';
  /** A valid call on a fresh subject. */
  call: (scene: Scene, caller: Person) => Promise<Call> | Call;
  /** What a caller with the right gets, where success needs what a test does not have. */
  expected?: ErrorCode;
  /** Why a call that may pass is tried in another test instead. */
  elsewhere?: string;
  /** The answer to ids that are not the caller's own, where it is not NOT_FOUND: nothing is found. */
  foreign?: 'empty';
};

export type Input = (scene: Scene, caller: Person) => unknown;
export type Options = Pick<Row, 'expected' | 'foreign' | 'elsewhere'>;

export const action = (
  id: string,
  lowest: Row['lowest'],
  input: Input,
  options: Options = {},
): Row => ({
  id,
  lowest,
  call: async (scene, caller) => ({ body: await input(scene, caller) }),
  ...options,
});
export const route = (
  id: string,
  lowest: Row['lowest'],
  call: Row['call'] = () => ({}),
  options: Options = {},
): Row => ({ id, lowest, call, ...options });

export const content = {
  messages: [{ role: 'user', content: 'Where is it?' }],
  reply: 'On its way.',
};
export const newPassword = 'copper lantern 92 river';
export const briefContent = {
  task: 'Answer mails',
  systemPrompt: 'You answer mails.',
  guidelines: 'Be kind.',
  slots: [],
  rules: [],
};
export const mapping = { ...emptyMapping, prompt: 0, reply: 1 };

export const move = async (scene: Scene, status?: 'in_review') => {
  const { id, version } = await scene.example(status);
  return { id, version };
};
export const importOf = async (scene: Scene, caller: Person) => ({
  importId: await scene.upload(caller),
  version: 1,
});
export const seen = async (scene: Scene) => {
  const { id, version, revisionId } = await scene.example('in_review');
  return { decisionId: scene.newId(), exampleId: id, revisionId, version };
};

export const inDataset = (scene: Scene) => ({ params: { datasetId: scene.datasetId } });
export const ofRelease = (scene: Scene) => ({
  params: { id: scene.releaseId },
  query: { format: 'openai-chat', split: 'train' },
});
export const ofJob = async (scene: Scene, caller: Person) => ({
  params: { jobId: await scene.job(caller) },
});
export const inImport = async (scene: Scene, caller: Person) => ({
  params: { datasetId: scene.datasetId, importId: await scene.upload(caller) },
});
export const workingCopy = async (scene: Scene) => {
  const { id, revisionId } = await scene.example();
  return { params: { id }, body: { baseRevisionId: revisionId, version: 0, content } };
};
