// What the pages are looked at with. Everything is made by the product's own code and worker where
// it has a way; what would take a training, or a fault of ours, is written as rows.
import { db } from '@/lib/db';
import { sessionCookieName } from '@/lib/session-cookie';
import {
  makeBrokenDataset,
  makeEmptyDataset,
  makeFilledDataset,
  makeShortDataset,
} from './datasets';
import { makeBrokenImport, makeImports } from './imports';
import { makeAlone, makeLinks, makePerson, makeTeam, type Person } from './people';
import { makeProofs } from './proofs';
import { makeRegression } from './regression';
import type { Say } from './texts';
import { makeBrokenModel, makeModel, makeRelease, makeRun, makeRuns } from './training';
import { makeWebhooks } from './webhooks';
import { makeWrongAnswer } from './wrong-answers';

export type Scene = Awaited<ReturnType<typeof makeScene>>;
export type PersonName = keyof Scene['people'];

async function makeFilled(say: Say, slots: string[]) {
  const team = await makeTeam(say, 'Fahrradwerkstatt Nordlicht & Söhne');
  const { viewer } = team.admin;
  const filled = await makeFilledDataset(say, team, slots);
  const release = await makeRelease(viewer, filled, say('The first one that we show around.'));
  const runs = await makeRuns(viewer, release);
  const model = await makeModel(say, viewer, { ...filled, runId: runs.done, releaseId: release });
  const proofs = await makeProofs(say, team, { ...filled, releaseId: release, modelId: model });
  await makeRegression(say, viewer, model);
  const marked = await makeWrongAnswer(say, team, {
    ...filled,
    releaseId: release,
    modelId: model,
  });
  const short = await makeShortDataset(say, team, slots);
  await makeRelease(viewer, short);
  const imports = await makeImports(say, team.writer.viewer, filled.datasetId);
  const empty = await makeEmptyDataset(say, team.admin, 'Empty so far');
  const links = await makeLinks(team);
  const webhooks = await makeWebhooks(viewer);
  return { team, filled, runs, model, marked, proofs, short, imports, empty, links, webhooks };
}

/** A workspace whose rows cannot be read, so that its pages fail as they would for a fault of ours. */
async function makeBroken(say: Say) {
  const { workspace, admin } = await makeAlone(say, 'Damaged');
  const place = await makeBrokenDataset(say, admin, await makePerson('Somebody else'));
  const importId = await makeBrokenImport(admin.viewer, place.datasetId);
  const release = await db.release.create({
    data: {
      workspaceId: workspace.id,
      datasetId: place.datasetId,
      number: 1,
      briefId: place.briefId,
      counts: {},
      createdById: admin.id,
    },
    select: { id: true },
  });
  const broken = await makeBrokenModel(admin.viewer, release.id);
  await makeRun(admin.viewer, release.id, 'queued');
  return { workspace, admin, place, importId, ...broken };
}

/** Makes everything; `slots` are the names of slots in the brief, which may not be in capitals. */
export async function makeScene(say: Say, slots: string[]) {
  const { team, filled, runs, model, marked, proofs, short, imports, empty, links, webhooks } =
    await makeFilled(say, slots);
  const alone = await makeAlone(say, 'Nothing here yet');
  const broken = await makeBroken(say);
  const homeless = await makePerson(say('Hanna Heimatlos'));
  const sessionOf = ({ token, email, name }: Person) => ({ token, email, name });
  return {
    cookie: sessionCookieName,
    people: {
      writer: sessionOf(team.writer),
      reviewer: sessionOf(team.reviewer),
      admin: sessionOf(team.admin),
      alone: sessionOf(alone.admin),
      keeper: sessionOf(broken.admin),
      homeless: sessionOf(homeless),
    },
    links,
    filled: {
      workspace: `/w/${team.workspace.slug}`,
      dataset: `/w/${team.workspace.slug}/datasets/${filled.datasetId}`,
      model,
      ...marked,
      runs,
      proofs,
      imports,
      webhooks,
    },
    short: { dataset: `/w/${team.workspace.slug}/datasets/${short.datasetId}` },
    empty: {
      workspace: `/w/${alone.workspace.slug}`,
      dataset: `/w/${team.workspace.slug}/datasets/${empty}`,
    },
    broken: {
      workspace: `/w/${broken.workspace.slug}`,
      dataset: `/w/${broken.workspace.slug}/datasets/${broken.place.datasetId}`,
      import: broken.importId,
      run: broken.runId,
      model: broken.modelId,
    },
  };
}
