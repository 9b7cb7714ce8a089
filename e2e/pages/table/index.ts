// How every page is reached in each of its states. Whoever adds a page adds its row in the file of its area.
import { accountRows } from './accounts';
import { briefRows } from './briefs';
import { datasetRows, datasetSettingRows } from './datasets';
import { exampleRows } from './examples';
import { importRows } from './imports';
import { modelRows } from './models';
import { proofRows } from './proofs';
import { recordRows } from './record';
import { releaseRows } from './releases';
import type { Rows } from './row';
import { runRows, trainingRows } from './trainings';
import { workspaceRows } from './workspaces';

export const table: Rows = {
  ...accountRows,
  ...workspaceRows,
  ...modelRows,
  ...proofRows,
  ...recordRows,
  ...runRows,
  ...datasetRows,
  ...exampleRows,
  ...briefRows,
  ...importRows,
  ...releaseRows,
  ...trainingRows,
  ...datasetSettingRows,
};
