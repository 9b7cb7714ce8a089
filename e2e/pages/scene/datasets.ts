// Datasets of the scene: one with everything, one with nothing, one whose rows cannot be read.
import { randomUUID } from 'node:crypto';
import { approveBrief, saveBrief } from '@/lib/datasets/brief-mutations';
import { type BriefContent, briefContentSchema } from '@/lib/datasets/brief-schema';
import { createDataset } from '@/lib/datasets/dataset-mutations';
import { db } from '@/lib/db';
import { insertExample } from '@/lib/examples/revision-write';
import { seedExamples } from '@/prisma/seed/seed-examples';
import { approvedExamples, sampleBrief, sampleExamples } from '@/prisma/seed/shop';
import type { SampleExample } from '@/prisma/seed/shop/ticket';
import type { Member, Team } from './people';
import { hardTexts, type Say } from './texts';

export type Place = { datasetId: string; briefId: string };

/** Approved examples of the filled dataset: enough for a release, few enough for a quick scene. */
const APPROVED = 40;

const viewers = ({ writer, reviewer, admin }: Team) => ({
  writer: writer.viewer,
  reviewer: reviewer.viewer,
  admin: admin.viewer,
});

function briefOf(say: Say, slots: string[]): BriefContent {
  const rules = sampleBrief.rules.map((rule) => ({
    ...rule,
    id: randomUUID(),
    ...(rule.name === undefined ? {} : { name: say(rule.name) }),
    ...('phrases' in rule ? { phrases: rule.phrases.map(say) } : {}),
    ...('texts' in rule ? { texts: rule.texts.map(say) } : {}),
  }));
  const { task, systemPrompt, guidelines } = sampleBrief;
  return briefContentSchema.parse({
    task: say(task),
    systemPrompt: say(systemPrompt),
    guidelines: say(guidelines),
    slots,
    rules,
  });
}

const sayAll =
  (say: Say) =>
  (sample: SampleExample): SampleExample => ({
    ...sample,
    topic: say(sample.topic),
    prompt: say(sample.prompt),
    reply: say(sample.reply),
    tags: (sample.tags ?? []).map(say),
    ...(sample.reason === undefined ? {} : { reason: say(sample.reason) }),
  });

/** Makes a dataset without examples. */
export async function makeEmptyDataset(say: Say, admin: Member, name: string): Promise<string> {
  const { task, systemPrompt } = sampleBrief;
  const input = { name: say(name), task: say(task), systemPrompt: say(systemPrompt) };
  return (await createDataset(admin.viewer, input)).id;
}

/** Three versions of a brief: the second is approved and in force, the third waits. */
async function writeBrief(team: Team, datasetId: string, content: BriefContent): Promise<string> {
  const { admin, reviewer } = team;
  await saveBrief(admin.viewer, { datasetId, baseVersion: 1, content });
  await approveBrief(reviewer.viewer, { datasetId, version: 2 });
  const brief = await db.brief.findFirstOrThrow({
    where: { datasetId, version: 2 },
    select: { id: true },
  });
  return brief.id;
}

async function addHardTexts(say: Say, team: Team, datasetId: string): Promise<void> {
  for (const { topic, prompt, reply } of hardTexts)
    await db.$transaction((tx) =>
      insertExample(tx, team.writer.viewer, {
        datasetId,
        content: { messages: [{ role: 'user', content: say(prompt) }], reply: say(reply) },
        topic: say(topic),
        tags: [say('Geschwindigkeitsbegrenzung'), say('urgent')],
        groupKey: null,
        origin: 'typed',
        status: 'in_review',
      }),
    );
}

/** The dataset that has everything: a brief in force and one that waits, examples in every state. */
export async function makeFilledDataset(say: Say, team: Team, slots: string[]): Promise<Place> {
  const datasetId = await makeEmptyDataset(say, team.admin, sampleBrief.name);
  const content = briefOf(say, slots);
  const briefId = await writeBrief(team, datasetId, content);
  const samples = [
    ...approvedExamples.slice(0, APPROVED),
    ...sampleExamples.filter(({ state }) => state !== 'approved'),
  ];
  const place = { datasetId, briefId, brief: content };
  await seedExamples(viewers(team), place, samples.map(sayAll(say)));
  await addHardTexts(say, team, datasetId);
  const later = {
    ...content,
    task: `${content.task} ${say('And always by name.')}`,
    rules: content.rules.slice(1),
  };
  await saveBrief(team.admin.viewer, { datasetId, baseVersion: 2, content: later });
  return { datasetId, briefId };
}

/** A dataset with one approved example: too few for a release. */
export async function makeShortDataset(say: Say, team: Team, slots: string[]): Promise<Place> {
  const datasetId = await makeEmptyDataset(say, team.admin, 'Postcards');
  const content = briefOf(say, slots);
  const briefId = await writeBrief(team, datasetId, content);
  const sample = sampleExamples.find(({ state }) => state === 'approved');
  if (!sample) throw new Error('The sample has no approved example.');
  await seedExamples(viewers(team), { datasetId, briefId, brief: content }, [sayAll(say)(sample)]);
  return { datasetId, briefId };
}

/** A dataset whose brief holds what no version of the app writes: its pages fail. */
export async function makeBrokenDataset(
  say: Say,
  admin: Member,
  approver: { id: string },
): Promise<Place> {
  const dataset = await db.dataset.create({
    data: {
      workspaceId: admin.viewer.workspaceId,
      name: say('Damaged'),
      splitSeed: '00'.repeat(32),
      createdById: admin.id,
    },
    select: { id: true },
  });
  const brief = await db.brief.create({
    data: {
      workspaceId: admin.viewer.workspaceId,
      datasetId: dataset.id,
      version: 1,
      task: 'Answer mails',
      systemPrompt: 'You answer mails.',
      guidelines: '',
      slots: [],
      rules: [{ kind: 'unheard of' }],
      contentHash: '0'.repeat(64),
      authorId: admin.id,
      approvedById: approver.id,
      approvedAt: new Date(),
      approvedVia: 'session',
    },
    select: { id: true },
  });
  return { datasetId: dataset.id, briefId: brief.id };
}
