import 'server-only';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { type Abilities, type ExampleStatus, exampleAbilities } from '@/lib/examples/example-rules';
import { assertCan, can } from '@/lib/permissions';
import { NearestKeeper } from '@/lib/proofs/nearest';
import type { Viewer } from '@/lib/session';
import { getMarkedAnswer } from '@/lib/wrong-answers/wrong-answer-queries';
import { type Alikeness, alikeness } from '@/lib/wrong-answers/wrong-answer-rules';
import type { AnswerRef } from '@/lib/wrong-answers/wrong-answer-schema';

/** Training examples that each of the two lists shows. */
const LISTED = 5;
/** Training examples that are compared piece by piece for each list. */
const CANDIDATES = 1_000;

type TrainedText = { exampleId: string; revisionId: string; prompt: string; reply: string };

/** A training example as the model was taught it, and as it is today. */
export type TaughtExample = {
  exampleId: string;
  /** As the release held it. */
  prompt: string;
  reply: string;
  alike: Alikeness;
  /** null where it is no longer among the examples. */
  today: {
    number: number;
    topic: string | null;
    status: ExampleStatus;
    version: number;
    /** Its text is another one by now. */
    isChanged: boolean;
    /** null while its dataset is archived. */
    may: Abilities | null;
  } | null;
};

export type TaughtBy = {
  byPrompt: TaughtExample[];
  byReply: TaughtExample[];
  /** Training examples of the release that were erased since, and so are in neither list. */
  erased: number;
};

/**
 * The training examples of a release whose prompt, or reply, is most like a text. The database's
 * own trigrams choose the candidates, so that a large release costs this process no more than a
 * small one; up to so many examples all are compared.
 */
async function findNearest(
  releaseId: string,
  part: 'prompt' | 'reply',
  text: string,
): Promise<readonly { item: TrainedText; similarity: number }[]> {
  const rows = await db.$queryRaw<TrainedText[]>`
    SELECT * FROM (
      SELECT i."exampleId", i."revisionId", i."position", r."promptText" AS "prompt", r."replyText" AS "reply"
      FROM "ReleaseItem" i JOIN "Revision" r ON r."id" = i."revisionId"
      WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = 'training'
      ORDER BY similarity(CASE ${part} WHEN 'prompt' THEN r."promptText" ELSE r."replyText" END, ${text}) DESC,
        i."position"
      LIMIT ${CANDIDATES}) c ORDER BY "position"`;
  const nearest = new NearestKeeper<TrainedText>(text, LISTED);
  for (const row of rows) nearest.offer(row[part], row);
  return nearest.best();
}

/**
 * What may have taught a model its marked answer: the training examples of its release whose prompt
 * is nearest to the prompt, and those whose reply is nearest to the answer. Held-out and validation
 * examples are never among them. Throws NOT_FOUND where nothing is marked, CONFLICT where this
 * person has not opened the answer.
 */
export async function findTaughtBy(viewer: Viewer, ref: AnswerRef): Promise<TaughtBy> {
  const view = await getMarkedAnswer(viewer, ref);
  if (!view.isOpen) throw new AppError('CONFLICT', 'wrongAnswers.errors.notSeen');
  const { releaseId, prompt, answer } = view.marked;
  const [byPrompt, byReply] = await Promise.all([
    findNearest(releaseId, 'prompt', prompt),
    findNearest(releaseId, 'reply', answer),
  ]);
  const found = [...byPrompt, ...byReply];
  const today = await findToday(
    viewer,
    found.map(({ item }) => item.exampleId),
  );
  const toTaught = ({ item, similarity }: (typeof found)[number]): TaughtExample => {
    const { exampleId, prompt, reply } = item;
    const now = today.get(exampleId);
    return {
      exampleId,
      prompt,
      reply,
      alike: alikeness(similarity),
      today: now
        ? { ...now.row, isChanged: now.currentRevisionId !== item.revisionId, may: now.may }
        : null,
    };
  };
  return {
    byPrompt: byPrompt.map(toTaught),
    byReply: byReply.map(toTaught),
    erased: await countErasedTraining(viewer, releaseId),
  };
}

/** State of today of examples that are still there, and what this person may do with each. */
async function findToday(viewer: Viewer, ids: string[]) {
  assertCan(viewer, 'example:read');
  const examples = await db.example.findMany({
    where: { id: { in: ids }, workspaceId: viewer.workspaceId, binnedAt: null },
    select: {
      id: true,
      number: true,
      topic: true,
      status: true,
      version: true,
      statusBeforeRetire: true,
      currentRevisionId: true,
      approvedRevisionId: true,
      dataset: { select: { archivedAt: true } },
    },
  });
  const may = {
    write: can(viewer.role, 'example:write'),
    submit: can(viewer.role, 'example:submit'),
    retire: can(viewer.role, 'example:retire'),
    decide: can(viewer.role, 'review:decide'),
  };
  return new Map(
    examples.map((one) => {
      const { number, topic, status, version, currentRevisionId, approvedRevisionId } = one;
      const state = {
        status,
        statusBeforeRetire: one.statusBeforeRetire,
        isApproved: currentRevisionId === approvedRevisionId,
        hasApproval: approvedRevisionId !== null,
      };
      return [
        one.id,
        {
          row: { number, topic, status, version },
          currentRevisionId,
          may: one.dataset.archivedAt ? null : exampleAbilities(state, may),
        },
      ];
    }),
  );
}

const countErasedTraining = (viewer: Viewer, releaseId: string): Promise<number> =>
  db.erasedItem.count({
    where: { releaseId, split: 'training', release: { workspaceId: viewer.workspaceId } },
  });
