// The operations for programs, called with a token of every scope.
import { db } from '@/lib/db';
import { closeProof } from '@/lib/proofs/proof-mutations';
import {
  briefContent,
  content,
  inDataset,
  inImport,
  mapping,
  ofJob,
  type Row,
  route,
  seen,
} from '@/tests/authorization-rows';
import type { Person, Scene } from '@/tests/authorization-scene';

const withKey = (scene: Scene) => ({ headers: { 'idempotency-key': scene.newName() } });

const ofRelease = (scene: Scene) => ({ params: { releaseId: scene.releaseId } });
const ofModel = (scene: Scene) => ({ params: { modelId: scene.modelId } });
const ofRun = async (scene: Scene) => ({ params: { runId: await scene.run() } });
const ofProof = async (scene: Scene) => ({ params: { proofId: await scene.proof() } });
const ofClosedProof = async (scene: Scene) => {
  const call = await ofProof(scene);
  await closeProof(scene.admin.viewer, call.params.proofId);
  return call;
};
const theFile = { query: { format: 'openai-chat', split: 'train' } };
const inDatasetOf = async (scene: Scene) => ({ params: { datasetId: await scene.dataset() } });

/** A step of an import that stands in a state. */
const step =
  (state: 'uploaded' | 'checked' | 'imported', body: object = {}) =>
  async (scene: Scene, caller: Person) => {
    const call = await inImport(scene, caller);
    const where = { id: call.params.importId };
    await db.import.update({ where, data: { state, mapping }, select: { id: true } });
    return { ...withKey(scene), ...call, body: { version: 1, ...body } };
  };

export const operationRows: Row[] = [
  route('GET /api/v1/datasets', 'writer'),
  route('POST /api/v1/datasets', 'admin', (scene) => ({
    ...withKey(scene),
    body: { name: `Mails ${scene.newName()}`, task: 'Answer', systemPrompt: 'You answer.' },
  })),
  route('GET /api/v1/datasets/[datasetId]', 'writer', inDataset),
  route('PUT /api/v1/datasets/[datasetId]/token-decisions', 'admin', async (scene) => ({
    ...(await inDatasetOf(scene)),
    body: { version: 1, allowed: true },
  })),
  route('GET /api/v1/datasets/[datasetId]/examples', 'writer', inDataset),
  route('POST /api/v1/datasets/[datasetId]/examples', 'writer', (scene) => ({
    ...withKey(scene),
    ...inDataset(scene),
    body: content,
  })),
  route('GET /api/v1/examples/[exampleId]', 'writer', async (scene) => ({
    params: { exampleId: (await scene.example()).id },
  })),
  route('PUT /api/v1/examples/[exampleId]', 'writer', async (scene) => {
    const { id, version } = await scene.example();
    return { params: { exampleId: id }, body: { version, changes: { reply: 'It came.' } } };
  }),
  route('POST /api/v1/examples/[exampleId]/submit', 'writer', async (scene) => {
    const { id, version } = await scene.example();
    return { ...withKey(scene), params: { exampleId: id }, body: { version } };
  }),
  route('GET /api/v1/datasets/[datasetId]/brief', 'writer', inDataset),
  route('PUT /api/v1/datasets/[datasetId]/brief', 'admin', async (scene) => ({
    ...(await inDatasetOf(scene)),
    body: { baseVersion: 1, content: briefContent },
  })),
  route('POST /api/v1/datasets/[datasetId]/brief/approve', 'reviewer', async (scene) => ({
    ...withKey(scene),
    ...(await inDatasetOf(scene)),
    body: { version: 1 },
  })),
  route('POST /api/v1/datasets/[datasetId]/decisions', 'reviewer', async (scene) => ({
    ...withKey(scene),
    ...inDataset(scene),
    body: { decision: 'approve', ...(await seen(scene)) },
  })),
  route('POST /api/v1/datasets/[datasetId]/imports', 'writer', (scene) => ({
    ...inDataset(scene),
    headers: { ...withKey(scene).headers, 'x-file-name': 'mails.csv' },
    raw: 'prompt,reply\na,b\n',
  })),
  route('GET /api/v1/datasets/[datasetId]/imports/[importId]', 'writer', inImport),
  route(
    'PUT /api/v1/datasets/[datasetId]/imports/[importId]/mapping',
    'writer',
    async (scene, caller) => ({
      ...(await inImport(scene, caller)),
      body: { version: 1, mapping },
    }),
  ),
  route('POST /api/v1/datasets/[datasetId]/imports/[importId]/check', 'writer', step('uploaded')),
  route(
    'POST /api/v1/datasets/[datasetId]/imports/[importId]/commit',
    'writer',
    step('checked', { target: 'draft' }),
  ),
  route('POST /api/v1/datasets/[datasetId]/imports/[importId]/undo', 'writer', step('imported')),
  route('GET /api/v1/datasets/[datasetId]/imports/[importId]/bad-rows', 'writer', inImport),
  route('GET /api/v1/datasets/[datasetId]/releases', 'writer', inDataset),
  route('POST /api/v1/datasets/[datasetId]/releases', 'admin', (scene) => ({
    ...withKey(scene),
    ...inDataset(scene),
    body: { briefId: scene.briefId },
  })),
  route('GET /api/v1/datasets/[datasetId]/releases/preview', 'writer', inDataset),
  route('GET /api/v1/datasets/[datasetId]/releases/[number]', 'writer', (scene) => ({
    params: { datasetId: scene.datasetId, number: '1' },
  })),
  route('GET /api/v1/releases/[releaseId]/export', 'admin', (scene) => ({
    ...ofRelease(scene),
    ...theFile,
  })),
  route('GET /api/v1/releases/[releaseId]/export/manifest', 'admin', (scene) => ({
    ...ofRelease(scene),
    ...theFile,
  })),
  // The tests have no base model.
  route(
    'POST /api/v1/releases/[releaseId]/quotes',
    'admin',
    (scene) => ({ ...withKey(scene), ...ofRelease(scene), body: {} }),
    { expected: 'UNAVAILABLE' },
  ),
  route('POST /api/v1/releases/[releaseId]/runs', 'admin', async (scene) => ({
    ...withKey(scene),
    ...ofRelease(scene),
    body: { quoteId: await scene.quote() },
  })),
  route('GET /api/v1/runs', 'writer'),
  route('GET /api/v1/runs/[runId]', 'writer', ofRun),
  route('GET /api/v1/runs/[runId]/events', 'writer', ofRun),
  route('POST /api/v1/runs/[runId]/cancel', 'admin', async (scene) => ({
    ...withKey(scene),
    ...(await ofRun(scene)),
  })),
  route('GET /api/v1/models', 'writer'),
  route('GET /api/v1/models/[modelId]', 'writer', ofModel),
  route('GET /api/v1/models/[modelId]/regression', 'writer', ofModel),
  route('GET /api/v1/models/[modelId]/curve', 'writer', ofModel),
  route('POST /api/v1/models/[modelId]/ask', 'writer', (scene) => ({
    ...withKey(scene),
    ...ofModel(scene),
    body: { prompt: 'Hello' },
  })),
  route('POST /api/v1/releases/[releaseId]/proof-plans', 'admin', (scene) => ({
    ...withKey(scene),
    ...ofRelease(scene),
    body: {
      measure: 'blind_votes',
      barOf100: 60,
      marginOf100: 0,
      votesPerPrompt: 1,
      opponent: null,
    },
  })),
  route('POST /api/v1/models/[modelId]/proofs', 'admin', async (scene) => ({
    ...withKey(scene),
    ...ofModel(scene),
    body: { planId: await scene.plan() },
  })),
  route('GET /api/v1/proofs', 'writer'),
  route('GET /api/v1/proofs/[proofId]', 'writer', ofProof),
  // While the vote is open, those who may vote are told nothing of how it stands.
  route('GET /api/v1/proofs/[proofId]/result', 'writer', ofClosedProof),
  route('GET /api/v1/proofs/[proofId]/report', 'writer', ofClosedProof),
  route('POST /api/v1/proofs/[proofId]/close', 'admin', async (scene) => ({
    ...withKey(scene),
    ...(await ofProof(scene)),
  })),
  route('GET /api/v1/jobs/[jobId]', 'writer', ofJob),
  route('GET /api/v1/record', 'admin'),
];
