// What the tests of the ledger share: a dataset of which people make releases, models and proofs.
import { db } from '@/lib/db';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { createProof } from '@/lib/proofs/proof-mutations';
import { createApproved, freeze, questionOf } from '@/lib/releases/release-fixtures';
import type { createTeam } from '@/tests/factories-examples';
import { answerProof, createModel, createProvable, plan } from '@/tests/factories-proofs';

type Team = Awaited<ReturnType<typeof createTeam>>;
const ROWS = 30;
let margin = 0;

/** A dataset with a first release, and what people then do with it, by short names. */
export async function createScene(team: Team) {
  const { datasetId, briefId, releaseId, modelId } = await createProvable(team, { rows: ROWS });
  const scene = { datasetId, briefId, releases: [releaseId], models: [modelId], made: ROWS };
  const model = (at: number) => scene.models[at] as string;
  const begin = async (at: number) => {
    const { run } = await db.model.findUniqueOrThrow({
      where: { id: model(at) },
      select: { run: { select: { releaseId: true } } },
    });
    margin = (margin + 1) % 50;
    const { id: planId } = await createPlan(
      team.admin,
      plan(run.releaseId, { marginOf100: margin }),
    );
    return (await createProof(team.admin, { modelId: model(at), planId })).id;
  };
  const prove = async (at: number) => {
    const id = await begin(at);
    await answerProof(team, id, (arm, index) => `${arm} ${index}`);
    return id;
  };
  return {
    ...scene,
    begin,
    prove,
    train: async (release: number) => {
      scene.models.push(await createModel(team, scene.releases[release] as string));
    },
    add: async (count: number, more: { groupKey?: string; prompt?: string } = {}) => {
      const ids: string[] = [];
      for (let n = 0; n < count; n += 1) {
        const prompt = questionOf(scene.made++);
        ids.push(
          (await createApproved(team.writer, team.reviewer, datasetId, { prompt, ...more })).id,
        );
      }
      return ids;
    },
    release: async () => {
      scene.releases.push(await freeze(team.admin, datasetId, briefId));
      return scene.releases.at(-1) as string;
    },
  };
}
export type Scene = Awaited<ReturnType<typeof createScene>>;

export const ordinalOf = async (id: string) =>
  (await db.proof.findUniqueOrThrow({ where: { id }, select: { runOrdinal: true } })).runOrdinal;
export const heldOut = async (releaseId: string) =>
  (
    await db.releaseItem.findMany({
      where: { releaseId, split: 'held_out' },
      orderBy: { position: 'asc' },
      select: { exampleId: true },
    })
  ).map(({ exampleId }) => exampleId);
