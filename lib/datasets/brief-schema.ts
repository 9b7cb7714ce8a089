import { z } from 'zod';
import { houseRulesSchema, slotsSchema } from '@/lib/checks/rule-schema';
import { guidelinesSchema, systemPromptSchema, taskSchema } from '@/lib/datasets/dataset-schema';

/** What people write in a brief; one version holds exactly this. */
export const briefContentSchema = z.strictObject({
  task: taskSchema,
  systemPrompt: systemPromptSchema,
  guidelines: guidelinesSchema,
  slots: slotsSchema,
  rules: houseRulesSchema,
});
export type BriefContent = z.infer<typeof briefContentSchema>;

const versionSchema = z.number().int().min(1).max(2_147_483_647);

export const briefSaveSchema = z.strictObject({
  datasetId: z.uuid(),
  /** The version that the text was written over. */
  baseVersion: versionSchema,
  content: briefContentSchema,
});
export type BriefSave = z.infer<typeof briefSaveSchema>;

export const briefApproveSchema = z.strictObject({ datasetId: z.uuid(), version: versionSchema });
export type BriefApprove = z.infer<typeof briefApproveSchema>;

/** Data of the CONFLICT that saving throws when somebody else saved first. */
export type BriefConflict = {
  version: number;
  authorName: string;
  /** ISO 8601. */
  createdAt: string;
  content: BriefContent;
};
