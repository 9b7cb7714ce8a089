// One import at each step of its way, brought there by the worker of the installation.
import { db } from '@/lib/db';
import { createImport, startImportCheck, startImportCommit } from '@/lib/imports/import-mutations';
import type { ImportState } from '@/lib/imports/import-schema';
import type { Viewer } from '@/lib/session';
import type { Say } from './texts';
import { spreadsheet } from './texts';
import { until } from './wait';

async function upload(viewer: Viewer, datasetId: string, name: string, text: string) {
  async function* body() {
    yield Buffer.from(text);
  }
  return (await createImport(viewer, { datasetId, fileName: name, body: body() })).id;
}

const seen = async (importId: string) => {
  const select = { version: true } as const;
  const { version } = await db.import.findUniqueOrThrow({ where: { id: importId }, select });
  return { importId, version };
};

const reached = (importId: string, state: ImportState) =>
  until(`import to be ${state}`, () =>
    db.import.findFirst({ where: { id: importId, state }, select: { id: true } }),
  );

/** Imports that wait for their columns, were checked, are done, and whose check failed. */
export async function makeImports(say: Say, viewer: Viewer, datasetId: string) {
  const text = say(spreadsheet);
  const add = (name: string) => upload(viewer, datasetId, say(name), text);
  const [uploaded, checked, imported, failed] = [
    await add('autumn.csv'),
    await add('tyres.csv'),
    await add('customer-mails-of-the-whole-last-quarter-exported-on-monday.csv'),
    await add('broken.csv'),
  ];
  for (const id of [checked, imported]) {
    await startImportCheck(viewer, await seen(id));
    await reached(id, 'checked');
  }
  await startImportCommit(viewer, { ...(await seen(imported)), target: 'draft' });
  await reached(imported, 'imported');
  await db.job.create({
    data: {
      workspaceId: viewer.workspaceId,
      kind: 'import.check',
      subjectId: failed,
      input: {},
      state: 'failed',
      errorCode: 'errors.unexpected',
      errorValues: { reference: '7F3A19C2' },
      createdById: viewer.userId,
      finishedAt: new Date(),
    },
    select: { id: true },
  });
  await db.import.update({
    where: { id: failed },
    data: { state: 'failed' },
    select: { id: true },
  });
  return { uploaded, checked, imported, failed };
}

/** An import whose way of reading no version of the app writes: its page fails. */
export async function makeBrokenImport(viewer: Viewer, datasetId: string): Promise<string> {
  const id = await upload(viewer, datasetId, 'damaged.csv', spreadsheet);
  await db.import.update({ where: { id }, data: { reading: {} }, select: { id: true } });
  return id;
}
