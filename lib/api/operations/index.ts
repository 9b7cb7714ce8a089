import 'server-only';
import type { Operation } from '@/lib/api/operation';
import * as briefs from '@/lib/api/operations/briefs';
import * as datasets from '@/lib/api/operations/datasets';
import * as examples from '@/lib/api/operations/examples';
import * as imports from '@/lib/api/operations/imports';
import * as jobs from '@/lib/api/operations/jobs';
import * as models from '@/lib/api/operations/models';
import * as proofs from '@/lib/api/operations/proofs';
import * as record from '@/lib/api/operations/record';
import * as releases from '@/lib/api/operations/releases';
import * as reviews from '@/lib/api/operations/reviews';
import * as runs from '@/lib/api/operations/runs';

/** Every operation over HTTP, in the order of the reference. */
export const operations: readonly Operation[] = [
  datasets.listDatasets,
  datasets.makeDataset,
  datasets.readDataset,
  datasets.allowDecisions,
  briefs.readBrief,
  briefs.writeBrief,
  briefs.agreeToBrief,
  examples.listExamples,
  examples.writeExample,
  examples.readExample,
  examples.editExample,
  examples.submitExample,
  imports.upload,
  imports.readImport,
  imports.mapImport,
  imports.checkImport,
  imports.commitImport,
  imports.undoImport,
  imports.listBadRows,
  reviews.decide,
  releases.listReleases,
  releases.makeRelease,
  releases.previewNext,
  releases.readRelease,
  releases.readExport,
  releases.readManifest,
  runs.askQuote,
  runs.startRun,
  runs.listRuns,
  runs.readRun,
  runs.followRun,
  runs.stopRun,
  models.listModels,
  models.readModel,
  models.readRegression,
  models.readCurve,
  models.ask,
  proofs.makePlan,
  proofs.makeProof,
  proofs.listProofs,
  proofs.readProof,
  proofs.readResult,
  proofs.readReport,
  proofs.endProof,
  jobs.readJob,
  record.listRecord,
];
