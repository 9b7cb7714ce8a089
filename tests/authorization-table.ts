// Who may call what: one row for every server action and every route handler and method there is.
// tests/authorization.db.test.ts fails when either has no row, or a row has neither.
import { createLink } from '@/lib/accounts/link-mutations';
import { db } from '@/lib/db';
import type { ErrorCode } from '@/lib/errors';
import type { Role } from '@/lib/permissions';
import { createInvitation } from '@/lib/workspaces/invitation-mutations';
import type { Person, Scene } from '@/tests/authorization-scene';
import { testPassword } from '@/tests/factories';

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

type Input = (scene: Scene, caller: Person) => unknown;
type Options = Pick<Row, 'expected' | 'foreign' | 'elsewhere'>;

const action = (id: string, lowest: Row['lowest'], input: Input, options: Options = {}): Row => ({
  id,
  lowest,
  call: async (scene, caller) => ({ body: await input(scene, caller) }),
  ...options,
});
const route = (
  id: string,
  lowest: Row['lowest'],
  call: Row['call'] = () => ({}),
  options: Options = {},
): Row => ({ id, lowest, call, ...options });

const content = { messages: [{ role: 'user', content: 'Where is it?' }], reply: 'On its way.' };
const newPassword = 'copper lantern 92 river';
const briefContent = {
  task: 'Answer mails',
  systemPrompt: 'You answer mails.',
  guidelines: 'Be kind.',
  slots: [],
  rules: [],
};
const mapping = {
  prompt: 0,
  reply: 1,
  system: null,
  topic: null,
  group: null,
  author: null,
  tags: [],
};

const move = async (scene: Scene, status?: 'in_review') => {
  const { id, version } = await scene.example(status);
  return { id, version };
};
const importOf = async (scene: Scene, caller: Person) => ({
  importId: await scene.upload(caller),
  version: 1,
});
const invitation = (scene: Scene, email: string) =>
  createInvitation(scene.admin.viewer, { email, role: 'writer' });
const seen = async (scene: Scene) => {
  const { id, version, revisionId } = await scene.example('in_review');
  return { decisionId: scene.newId(), exampleId: id, revisionId, version };
};

const actions: Row[] = [
  // accounts
  action('signInAction', 'public', (_, caller) => ({
    email: caller.email,
    password: testPassword,
  })),
  action('signOutAction', 'public', () => undefined),
  action('signInWithLinkAction', 'public', async (_, caller) => ({
    token: (await db.$transaction((tx) => createLink(tx, { kind: 'admin', userId: caller.id })))
      .token,
  })),
  action('resetPasswordAction', 'public', async (_, caller) => ({
    token: (await db.$transaction((tx) => createLink(tx, { kind: 'reset', userId: caller.id })))
      .token,
    password: newPassword,
  })),
  // Nothing says where a test's request comes from, and then it is refused.
  action('stepInAction', 'public', () => ({ role: 'writer' }), { expected: 'FORBIDDEN' }),
  action('changePasswordAction', 'signed in', () => ({
    currentPassword: testPassword,
    newPassword,
  })),
  action('renameSelfAction', 'signed in', () => ({ name: 'Maria' })),
  action('revokeSessionAction', 'signed in', (_, caller) => ({ sessionId: caller.sessionId })),
  action('revokeOtherSessionsAction', 'signed in', () => ({})),
  // workspaces
  action(
    'createFirstAdminAction',
    'public',
    async () => ({
      token: (await db.$transaction((tx) => createLink(tx, { kind: 'first_admin', userId: null })))
        .token,
      name: 'Maria',
      email: 'first@shop.example',
      password: newPassword,
      workspaceName: 'Shop',
    }),
    { expected: 'CONFLICT' },
  ),
  action('createWorkspaceAction', 'signed in', () => ({ name: 'Second shop' })),
  action('renameWorkspaceAction', 'admin', () => ({ name: 'Other name' })),
  action('createInvitationAction', 'admin', (scene) => ({
    email: `${scene.newName()}@shop.example`,
    role: 'writer',
  })),
  action('revokeInvitationAction', 'admin', async (scene) => {
    const email = `${scene.newName()}@shop.example`;
    await invitation(scene, email);
    const { id } = await db.invitation.findFirstOrThrow({ where: { email } });
    return { invitationId: id };
  }),
  action('acceptInvitationAction', 'public', async (scene) => ({
    token: (await invitation(scene, `${scene.newName()}@shop.example`)).token,
    name: 'Maria',
    password: newPassword,
  })),
  action('joinWorkspaceAction', 'signed in', async (scene, caller) => {
    await db.member.deleteMany({ where: { userId: caller.id, workspaceId: scene.workspace.id } });
    return { token: (await invitation(scene, caller.email)).token };
  }),
  action('changeRoleAction', 'admin', async (scene) => ({
    userId: await scene.member(),
    role: 'reviewer',
  })),
  action('removeMemberAction', 'admin', async (scene) => ({ userId: await scene.member() })),
  action('leaveWorkspaceAction', 'writer', () => ({})),
  action('disableAccountAction', 'admin', async (scene) => ({ userId: await scene.member() })),
  action('enableAccountAction', 'admin', async (scene) => {
    const id = await scene.member();
    await db.user.update({ where: { id }, data: { disabledAt: new Date() } });
    return { userId: id };
  }),
  action('createResetLinkAction', 'admin', async (scene) => ({ userId: await scene.member() })),
  // datasets
  action('createDatasetAction', 'admin', (scene) => ({
    name: `Mails ${scene.newName()}`,
    task: 'Answer mails',
    systemPrompt: 'You answer mails.',
  })),
  action('renameDatasetAction', 'admin', async (scene) => ({
    datasetId: await scene.dataset(),
    version: 1,
    name: `Mails ${scene.newName()}`,
  })),
  action('archiveDatasetAction', 'admin', async (scene) => ({
    datasetId: await scene.dataset(),
    version: 1,
    archived: true,
  })),
  action('saveBriefAction', 'admin', async (scene) => ({
    datasetId: await scene.dataset(),
    baseVersion: 1,
    content: briefContent,
  })),
  action('approveBriefAction', 'reviewer', async (scene) => ({
    datasetId: await scene.dataset(),
    version: 1,
  })),
  action('tryRulesAction', 'admin', (scene) => ({
    datasetId: scene.datasetId,
    rules: [],
    slots: [],
    after: 0,
  })),
  // examples
  action('createExampleAction', 'writer', (scene) => ({ datasetId: scene.datasetId, ...content })),
  action('duplicateExampleAction', 'writer', async (scene) => ({ id: (await scene.example()).id })),
  action('restoreRevisionAction', 'writer', async (scene) => {
    const { id, version, revisionId } = await scene.example();
    return { id, version, revisionId };
  }),
  action('setTopicAction', 'writer', async (scene) => ({ ...(await move(scene)), topic: 'a' })),
  action('setTagsAction', 'writer', async (scene) => ({ ...(await move(scene)), tags: ['a'] })),
  action('submitAction', 'writer', (scene) => move(scene)),
  action('takeBackAction', 'writer', (scene) => move(scene, 'in_review')),
  action('retireAction', 'reviewer', (scene) => move(scene)),
  action('unretireAction', 'reviewer', (scene) => scene.retired()),
  action('dismissFindingAction', 'writer', async (scene) => ({
    findingId: await scene.finding('open'),
    reason: 'a name of a product',
  })),
  action('reopenFindingAction', 'writer', async (scene) => ({
    findingId: await scene.finding('dismissed'),
  })),
  action('discardWorkingCopyAction', 'writer', async (scene) => ({
    id: (await scene.example()).id,
  })),
  action('bulkMoveAction', 'writer', async (scene) => ({
    datasetId: scene.datasetId,
    selection: { ids: [(await scene.example()).id] },
    move: { kind: 'submit' },
  })),
  action('undoBulkAction', 'writer', async (scene, caller) => ({
    jobId: await scene.job(caller, { kind: 'example.bulk', state: 'done' }),
  })),
  // imports
  action('changeImportReadingAction', 'writer', async (scene, caller) => ({
    ...(await importOf(scene, caller)),
    change: { delimiter: ';' },
  })),
  action('checkImportAction', 'writer', async (scene, caller) => ({
    ...(await importOf(scene, caller)),
    mapping,
  })),
  action('commitImportAction', 'writer', async (scene, caller) => {
    const one = await importOf(scene, caller);
    await db.import.update({ where: { id: one.importId }, data: { state: 'checked' } });
    return { ...one, target: 'draft' };
  }),
  action('undoImportAction', 'writer', async (scene, caller) => {
    const one = await importOf(scene, caller);
    await db.import.update({ where: { id: one.importId }, data: { state: 'imported' } });
    return one;
  }),
  action('discardImportAction', 'writer', importOf),
  // releases and models
  action('createReleaseAction', 'admin', (scene) => ({
    datasetId: scene.datasetId,
    briefId: scene.briefId,
    note: '',
  })),
  action(
    'findExcludedAction',
    'writer',
    (scene) => ({
      datasetId: scene.datasetId,
      reason: 'draft',
    }),
    { foreign: 'empty' },
  ),
  action('askModelAction', 'writer', (scene) => ({ modelId: scene.modelId, prompt: 'Hello' })),
  action(
    'findAnswersAction',
    'writer',
    (scene) => ({ modelId: scene.modelId, known: false, from: 0 }),
    { foreign: 'empty' },
  ),
];

const inDataset = (scene: Scene) => ({ params: { datasetId: scene.datasetId } });
const ofRelease = (scene: Scene) => ({
  params: { id: scene.releaseId },
  query: { format: 'openai-chat', split: 'train' },
});
const ofJob = async (scene: Scene, caller: Person) => ({
  params: { jobId: await scene.job(caller) },
});
const inImport = async (scene: Scene, caller: Person) => ({
  params: { datasetId: scene.datasetId, importId: await scene.upload(caller) },
});
const workingCopy = async (scene: Scene) => {
  const { id, revisionId } = await scene.example();
  return { params: { id }, body: { baseRevisionId: revisionId, version: 0, content } };
};

const routes: Row[] = [
  route('GET /api/auth/[...nextauth]', 'public', undefined, {
    elsewhere: 'next-auth reads the request by itself; the journeys sign in and out through it',
  }),
  route('POST /api/auth/[...nextauth]', 'public', () => ({ params: { nextauth: 'signout' } }), {
    elsewhere: 'as above',
  }),
  // 503: no worker runs.
  route('GET /api/health', 'public', undefined, { expected: 'UNAVAILABLE' }),
  route('GET /api/session', 'signed in'),
  route('GET /api/w/[workspace]/jobs/[jobId]', 'writer', ofJob),
  route('POST /api/w/[workspace]/jobs/[jobId]/cancel', 'writer', ofJob),
  route('GET /api/w/[workspace]/jobs/[jobId]/events', 'writer', ofJob),
  route('GET /api/w/[workspace]/examples', 'writer', async (scene) => ({
    query: { dataset: scene.datasetId, number: String((await scene.example()).number) },
  })),
  route('POST /api/w/[workspace]/examples', 'writer', (scene) => ({
    body: { datasetId: scene.datasetId, ...content },
  })),
  route('GET /api/w/[workspace]/examples/[id]', 'writer', async (scene) => ({
    params: { id: (await scene.example()).id },
  })),
  route('PUT /api/w/[workspace]/examples/[id]', 'writer', async (scene) => {
    const { id, version } = await scene.example();
    return { params: { id }, body: { version, changes: { reply: 'It came today.' } } };
  }),
  route('PUT /api/w/[workspace]/examples/[id]/working-copy', 'writer', workingCopy),
  route('POST /api/w/[workspace]/examples/[id]/working-copy', 'writer', workingCopy),
  route('DELETE /api/w/[workspace]/examples/[id]/working-copy', 'writer', async (scene) => ({
    params: { id: (await scene.example()).id },
  })),
  route('GET /api/w/[workspace]/examples/[id]/revisions', 'writer', async (scene) => ({
    params: { id: (await scene.example()).id },
  })),
  route(
    'POST /api/w/[workspace]/datasets/[datasetId]/review/queue',
    'reviewer',
    (scene) => ({ ...inDataset(scene), body: { count: 1 } }),
    { foreign: 'empty' },
  ),
  route(
    'POST /api/w/[workspace]/datasets/[datasetId]/review/claims',
    'reviewer',
    async (scene) => ({
      ...inDataset(scene),
      body: { action: 'renew', exampleIds: [(await scene.example('in_review')).id] },
    }),
    { foreign: 'empty' },
  ),
  route('GET /api/w/[workspace]/datasets/[datasetId]/review/decisions', 'reviewer', inDataset, {
    foreign: 'empty',
  }),
  route(
    'POST /api/w/[workspace]/datasets/[datasetId]/review/decisions',
    'reviewer',
    async (scene) => ({
      ...inDataset(scene),
      body: { decision: { decision: 'approve', ...(await seen(scene)) } },
    }),
  ),
  route('POST /api/w/[workspace]/datasets/[datasetId]/imports', 'writer', (scene) => ({
    ...inDataset(scene),
    headers: { 'x-file-name': 'mails.csv' },
    raw: 'prompt,reply\na,b\n',
  })),
  route('GET /api/w/[workspace]/datasets/[datasetId]/imports/sample', 'writer', inDataset, {
    foreign: 'empty',
  }),
  route(
    'GET /api/w/[workspace]/datasets/[datasetId]/imports/[importId]/bad-rows',
    'writer',
    inImport,
  ),
  route(
    'GET /api/w/[workspace]/datasets/[datasetId]/imports/[importId]/preview',
    'writer',
    async (scene, caller) => ({
      ...(await inImport(scene, caller)),
      query: { mapping: JSON.stringify(mapping) },
    }),
  ),
  route('GET /api/releases/[id]/export', 'admin', ofRelease),
  route('HEAD /api/releases/[id]/export', 'admin', ofRelease),
  route('GET /api/releases/[id]/export/manifest', 'admin', ofRelease),
  route('HEAD /api/releases/[id]/export/manifest', 'admin', ofRelease),
  // The tests have no base model.
  route(
    'POST /api/releases/[id]/quotes',
    'admin',
    (scene) => ({ params: { id: scene.releaseId }, body: {} }),
    { expected: 'UNAVAILABLE' },
  ),
  route('POST /api/releases/[id]/runs', 'admin', async (scene) => ({
    params: { id: scene.releaseId },
    headers: { 'idempotency-key': scene.newId() },
    body: { quoteId: await scene.quote() },
  })),
  route('POST /api/runs/[id]/cancel', 'admin', async (scene) => ({
    params: { id: await scene.run() },
  })),
  route('GET /api/runs/[id]/events', 'writer', async (scene) => ({
    params: { id: await scene.run() },
  })),
  route('GET /api/models/[id]/adapter', 'admin', (scene) => ({ params: { id: scene.modelId } })),
];

export const authorizationTable: readonly Row[] = [...actions, ...routes];
