'use server';

import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { authedAction } from '@/lib/action';
import {
  changeImportMapping,
  changeImportReading,
  discardImport,
  startImportCheck,
  startImportCommit,
  startImportUndo,
} from '@/lib/imports/import-mutations';
import {
  importTargets,
  importVersionSchema,
  mappingSchema,
  readingChangeSchema,
} from '@/lib/imports/import-schema';

const subject = z.strictObject({ importId: z.uuid(), version: importVersionSchema });
const refresh = () => revalidatePath('/w', 'layout');

export const changeImportReadingAction = authedAction(
  subject.extend({ change: readingChangeSchema }),
  async ({ viewer, input }) => {
    const result = await changeImportReading(viewer, input);
    refresh();
    return result;
  },
);

/** Stores the mapping and starts the dry run with it. */
export const checkImportAction = authedAction(
  subject.extend({ mapping: mappingSchema }),
  async ({ viewer, input }) => {
    const { version } = await changeImportMapping(viewer, input);
    const result = await startImportCheck(viewer, { importId: input.importId, version });
    refresh();
    return result;
  },
);

export const commitImportAction = authedAction(
  subject.extend({ target: z.enum(importTargets) }),
  async ({ viewer, input }) => {
    const result = await startImportCommit(viewer, input);
    refresh();
    return result;
  },
);

export const undoImportAction = authedAction(subject, async ({ viewer, input }) => {
  const result = await startImportUndo(viewer, input);
  refresh();
  return result;
});

export const discardImportAction = authedAction(subject, async ({ viewer, input }) => {
  await discardImport(viewer, input);
  refresh();
  return {};
});
