import { randomUUID } from 'node:crypto';
import { approveBrief, saveBrief } from '@/lib/datasets/brief-mutations';
import { briefSaveSchema } from '@/lib/datasets/brief-schema';
import { createDataset } from '@/lib/datasets/dataset-mutations';
import { db } from '@/lib/db';
import { insertExample } from '@/lib/examples/revision-write';
import { approve, sendBack } from '@/lib/reviews/review-mutations';
import { type Viewer, viewerForJob } from '@/lib/session';
import { type SampleExample, sampleBrief, sampleExamples, samplePeople } from './sample-shop';

type People = { writer: Viewer; reviewer: Viewer; admin: Viewer };

/** Makes the sample workspace with its three people. */
async function createPeople(): Promise<People> {
  const workspace = await db.workspace.create({
    data: { slug: 'sample', name: 'Fernwick Cycles (sample)', isSample: true },
    select: { id: true },
  });
  const join = async (role: keyof typeof samplePeople): Promise<Viewer> => {
    const user = await db.user.upsert({
      where: { email: samplePeople[role].email },
      create: { ...samplePeople[role], isSample: true },
      update: {},
      select: { id: true },
    });
    await db.member.create({
      data: { userId: user.id, workspaceId: workspace.id, role },
      select: { userId: true },
    });
    return viewerForJob({ userId: user.id, workspaceId: workspace.id });
  };
  return {
    admin: await join('admin'),
    reviewer: await join('reviewer'),
    writer: await join('writer'),
  };
}

async function createBrief(people: People): Promise<{ datasetId: string; briefId: string }> {
  const { name, task, systemPrompt } = sampleBrief;
  const { id: datasetId } = await createDataset(people.admin, { name, task, systemPrompt });
  const { guidelines, slots, rules } = sampleBrief;
  const input = briefSaveSchema.parse({
    datasetId,
    baseVersion: 1,
    content: {
      task,
      systemPrompt,
      guidelines,
      slots,
      rules: rules.map((rule) => ({ ...rule, id: randomUUID() })),
    },
  });
  const { version } = await saveBrief(people.admin, input);
  await approveBrief(people.reviewer, { datasetId, version });
  const brief = await db.brief.findFirstOrThrow({
    where: { datasetId, version },
    select: { id: true },
  });
  return { datasetId, briefId: brief.id };
}

async function createSampleExample(
  people: People,
  place: { datasetId: string; briefId: string },
  sample: SampleExample,
): Promise<void> {
  const status = sample.state === 'draft' || sample.state === 'retired' ? 'draft' : 'in_review';
  const example = await db.$transaction((tx) =>
    insertExample(tx, people.writer, {
      datasetId: place.datasetId,
      content: { messages: [{ role: 'user', content: sample.prompt }], reply: sample.reply },
      topic: sample.topic,
      tags: sample.tags ?? [],
      groupKey: null,
      origin: 'typed',
      status,
    }),
  );
  const seen = {
    decisionId: randomUUID(),
    ...place,
    exampleId: example.id,
    revisionId: example.revisionId,
    version: 1,
  };
  if (sample.state === 'approved') await approve(people.reviewer, seen);
  if (sample.state === 'sent_back')
    await sendBack(people.reviewer, { ...seen, reason: sample.reason ?? '' });
  if (sample.state === 'retired') {
    await db.example.update({
      where: { id: example.id },
      data: { status: 'retired', statusBeforeRetire: 'draft', version: { increment: 1 } },
      select: { id: true },
    });
  }
}

/**
 * Seeds the sample workspace into an installation that has none. One that was cut short is
 * removed and made anew. Answers whether it did anything.
 */
export async function seedSample(options: { onlyIfEmpty: boolean }): Promise<boolean> {
  const existing = await db.workspace.findUnique({
    where: { slug: 'sample' },
    select: { id: true, isSample: true },
  });
  if (existing) {
    const made = await db.example.count({ where: { workspaceId: existing.id } });
    if (!existing.isSample || made >= sampleExamples.length) return false;
    await db.$executeRaw`SELECT erase_workspace(${existing.id}::uuid, NULL)`;
  } else if (
    options.onlyIfEmpty &&
    (await db.user.findFirst({ where: { isSample: false }, select: { id: true } }))
  ) {
    return false;
  }
  const people = await createPeople();
  const place = await createBrief(people);
  for (const sample of sampleExamples) await createSampleExample(people, place, sample);
  return true;
}
