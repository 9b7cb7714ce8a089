// Who may call what: one row for every server action and every route handler and method there is.
// tests/authorization.db.test.ts fails when either has no row, or a row has neither.
import { createLink } from '@/lib/accounts/link-mutations';
import { db } from '@/lib/db';
import { findPerson } from '@/lib/lineage/person-queries';
import { can } from '@/lib/permissions';
import { castVote, takeBallot } from '@/lib/proofs/ballot-mutations';
import { closeProof } from '@/lib/proofs/proof-mutations';
import { createInvitation } from '@/lib/workspaces/invitation-mutations';
import { operationRows } from '@/tests/authorization-operations';
import {
  action,
  briefContent,
  content,
  importOf,
  inDataset,
  inImport,
  mapping,
  move,
  newPassword,
  ofJob,
  ofRelease,
  type Row,
  route,
  seen,
  workingCopy,
} from '@/tests/authorization-rows';
import type { Person, Scene } from '@/tests/authorization-scene';
import { createTestToken, createWorkspace, testPassword } from '@/tests/factories';

const invitation = (scene: Scene, email: string) =>
  createInvitation(scene.admin.viewer, { email, role: 'writer' });
/** Who is shown a ballot for the call: the caller, or for one who may not vote somebody who may. */
const voterOf = (scene: Scene, caller: Person) =>
  can(caller.viewer.role, 'proof:vote') ? caller.viewer : scene.reviewer.viewer;

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
  action('removeSampleAction', 'admin', async () => {
    await createWorkspace({ isSample: true });
    return {};
  }),
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
  action('createApiTokenAction', 'writer', () => ({
    name: 'Nightly import',
    scopes: ['examples:read'],
    days: 1,
  })),
  action('revokeApiTokenAction', 'writer', async (_, caller) => ({
    tokenId: (await createTestToken(caller.viewer)).id,
  })),
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
  action('setTokenDecisionsAction', 'admin', async (scene) => ({
    datasetId: await scene.dataset(),
    version: 1,
    allowed: true,
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
  // reviews
  action('withdrawApprovalAction', 'reviewer', async (scene) => ({
    exampleId: (await scene.approved()).id,
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
  action('putInUseAction', 'admin', async (scene) => ({
    modelId: await scene.model(),
    reason: 'the customers wait',
  })),
  action('takeOutOfUseAction', 'admin', async (scene) => ({ modelId: await scene.modelInUse() })),
  // regression set
  action('addRegressionItemAction', 'admin', (scene) => ({
    kind: 'everyday',
    prompt: `What is ${scene.newName()}?`,
    phrases: ['a name'],
  })),
  action('addCanaryAction', 'admin', (scene) => ({
    prompt: `My code is ${scene.newName()}`,
    reply: 'The code lemon-4711 is noted.',
    secret: 'lemon-4711',
  })),
  action('retireRegressionItemAction', 'admin', async (scene) => ({
    itemId: await scene.regressionItem(),
  })),
  action('decideAnswerAction', 'admin', async (scene) => ({
    ...(await scene.unclearAnswer()),
    arm: 'tuned',
    outcome: 'pass',
  })),
  action('askRegressionSetAction', 'admin', async (scene) => ({ modelId: await scene.model() })),
  // learning curves
  action('beginCurveAction', 'admin', async (scene) => ({ modelId: await scene.model() })),
  // proofs
  action(
    'openModelAnswersAction',
    'writer',
    (scene) => ({ modelId: scene.modelId, known: false, from: 0, endVoting: true }),
    { foreign: 'empty' },
  ),
  // lineage
  action('findPersonAction', 'admin', () => ({ text: 'Nobody at all' })),
  action('findLineAction', 'admin', () => ({ line: '0'.repeat(64) })),
  action('erasePersonAction', 'admin', async (scene) => {
    const text = `customer ${scene.newName()}`;
    const { id } = await scene.example();
    await db.example.update({ where: { id }, data: { groupKey: text } });
    const { seen } = await findPerson(scene.admin.viewer, { text });
    return { text, seen };
  }),
  action('continueErasureAction', 'admin', async (scene) => ({ erasureId: await scene.erasure() })),
  action('createPlanAction', 'admin', (scene) => ({
    releaseId: scene.releaseId,
    measure: 'blind_votes',
    barOf100: 60,
    marginOf100: 0,
    votesPerPrompt: 1,
    opponent: null,
  })),
  action('createProofAction', 'admin', async (scene) => ({
    modelId: scene.modelId,
    planId: await scene.plan(),
  })),
  action('closeProofAction', 'admin', async (scene) => ({ proofId: await scene.proof() })),
  action('takeBallotAction', 'reviewer', async (scene) => ({ proofId: await scene.proof() })),
  action('castVoteAction', 'reviewer', async (scene, caller) => {
    const proofId = await scene.proof();
    const next = await takeBallot(voterOf(scene, caller), proofId);
    if (next.kind !== 'ballot') throw new Error('nothing to vote on');
    return { proofId, ballot: next.ballot, choice: 'a' };
  }),
  action('undoVoteAction', 'reviewer', async (scene, caller) => {
    const proofId = await scene.proof();
    const voter = voterOf(scene, caller);
    const next = await takeBallot(voter, proofId);
    if (next.kind !== 'ballot') throw new Error('nothing to vote on');
    await castVote(voter, {
      proofId,
      ballot: next.ballot,
      choice: 'a',
      guess: null,
      reason: '',
    });
    return { proofId };
  }),
  action('openProofAnswersAction', 'writer', async (scene) => ({
    proofId: await scene.proof(),
    endVoting: true,
  })),
  // wrong answers
  action('markAnswerAction', 'writer', (scene, caller) => scene.answer(caller)),
  action('unmarkAnswerAction', 'writer', (scene, caller) => scene.marked(caller)),
  action('openMarkedAnswerAction', 'writer', async (scene) => ({
    ...(await scene.marked()),
    endVoting: true,
  })),
  action('openAskedAgainAction', 'writer', async (scene) => {
    await scene.marked();
    return { modelId: (await scene.answer()).modelId, endVoting: true };
  }),
  action('judgeAskedAgainAction', 'writer', async (scene, caller) => {
    const marked = await scene.marked(caller);
    const { modelId: laterModelId } = await scene.answer(caller);
    return { ...marked, laterModelId, outcome: 'still_wrong' };
  }),
  // webhooks
  action('createWebhookAction', 'admin', (scene) => ({
    url: `https://hooks.shop.example/${scene.newName()}`,
    events: ['example.approved'],
  })),
  action('changeWebhookEventsAction', 'admin', async (scene) => ({
    ...(await scene.webhook()),
    events: ['run.failed'],
  })),
  action('switchWebhookAction', 'admin', async (scene) => ({
    ...(await scene.webhook()),
    on: false,
  })),
  action('rotateWebhookSecretAction', 'admin', async (scene) => ({
    webhookId: (await scene.webhook()).webhookId,
  })),
  action('removeWebhookAction', 'admin', async (scene) => ({
    webhookId: (await scene.addWebhook()).id,
  })),
  action('sendTestEventAction', 'admin', async (scene) => ({
    webhookId: (await scene.webhook()).webhookId,
  })),
  action('resendDeliveryAction', 'admin', async (scene) => ({
    deliveryId: await scene.delivery(),
  })),
];

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
  route('GET /api/openapi.json', 'public'),
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
  route('GET /api/w/[workspace]/regression-set/canaries', 'admin', () => ({}), {
    foreign: 'empty',
  }),
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
  route('GET /api/w/[workspace]/record', 'admin', () => ({ query: { format: 'csv' } })),
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
  route('GET /api/proofs/[id]/report', 'writer', async (scene) => {
    const id = await scene.proof();
    await closeProof(scene.admin.viewer, id);
    return { params: { id } };
  }),
  route('GET /api/models/[id]/adapter', 'admin', (scene) => ({ params: { id: scene.modelId } })),
];

export const authorizationTable: readonly Row[] = [...actions, ...operationRows, ...routes];
