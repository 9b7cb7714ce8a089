import { recheckJob } from '@/lib/checks/recheck-jobs';
import { curveMeasureJob } from '@/lib/curves/curve-jobs';
import { bulkJob } from '@/lib/examples/bulk-jobs';
import { importCheckJob, importCommitJob, importUndoJob } from '@/lib/imports/import-jobs';
import type { JobDefinition } from '@/lib/jobs';
import { personEraseJob } from '@/lib/lineage/erase-jobs';
import { modelAskJob, runJobDefinition } from '@/lib/models/model-jobs';
import { proofAnswerJob } from '@/lib/proofs/proof-jobs';
import { regressionAskJob } from '@/lib/regression-set/regression-jobs';
import { releaseFreezeJob } from '@/lib/releases/release-jobs';
import { webhookDeliverJob } from '@/lib/webhooks/webhook-jobs';

/** Every kind of job that the worker takes: one line each. */
export const jobDefinitions: JobDefinition[] = [
  recheckJob,
  bulkJob,
  releaseFreezeJob,
  importCheckJob,
  importCommitJob,
  importUndoJob,
  runJobDefinition,
  modelAskJob,
  personEraseJob,
  proofAnswerJob,
  regressionAskJob,
  curveMeasureJob,
  webhookDeliverJob,
];
