// A marked answer of a model, and a later model that was asked the same case again.
import { db } from '@/lib/db';
import { openModelAnswers } from '@/lib/proofs/look-mutations';
import { markAnswer } from '@/lib/wrong-answers/wrong-answer-mutations';
import type { Team } from './people';
import type { Say } from './texts';
import { makeLaterRun, makeModel } from './training';

/** Marked by the writer, who votes on nothing: reviewers and admins have still to look. */
export async function makeWrongAnswer(
  say: Say,
  team: Team,
  from: { releaseId: string; briefId: string; modelId: string },
) {
  const { releaseId, briefId, modelId } = from;
  const { viewer } = team.writer;
  for (const known of [false, true])
    await openModelAnswers(viewer, { modelId, known, from: 0, endVoting: false });
  const { exampleId } = await db.releaseItem.findFirstOrThrow({
    where: { releaseId, split: 'held_out' },
    orderBy: { position: 'asc' },
    select: { exampleId: true },
  });
  const note = say('It promises a day on which it arrives. We do not know that day.').slice(0, 480);
  await markAnswer(viewer, { modelId, exampleId, note });
  const runId = await makeLaterRun(team.admin.viewer, releaseId);
  return {
    wrong: exampleId,
    laterModel: await makeModel(say, team.admin.viewer, { runId, releaseId, briefId }),
  };
}
