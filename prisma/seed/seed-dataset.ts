import { randomUUID } from 'node:crypto';
import { approveBrief, saveBrief } from '@/lib/datasets/brief-mutations';
import { briefSaveSchema } from '@/lib/datasets/brief-schema';
import { createDataset } from '@/lib/datasets/dataset-mutations';
import { db } from '@/lib/db';
import { seedExamples } from './seed-examples';
import type { SeedPeople } from './seed-people';
import type { SampleBrief, SampleExample } from './shop/ticket';

export type SeedDataset = SampleBrief & { examples: readonly SampleExample[] };

/** Makes a dataset with an approved brief and its examples. Gives its id. */
export async function seedDataset(people: SeedPeople, seed: SeedDataset): Promise<string> {
  const { name, task, systemPrompt, guidelines, slots, examples } = seed;
  const { id: datasetId } = await createDataset(people.admin, { name, task, systemPrompt });
  const rules = seed.rules.map((rule) => ({ ...rule, id: randomUUID() }));
  const input = briefSaveSchema.parse({
    datasetId,
    baseVersion: 1,
    content: { task, systemPrompt, guidelines, slots, rules },
  });
  const { version } = await saveBrief(people.admin, input);
  await approveBrief(people.reviewer, { datasetId, version });
  const brief = await db.brief.findFirstOrThrow({
    where: { datasetId, version },
    select: { id: true },
  });
  await seedExamples(people, { datasetId, briefId: brief.id, brief: input.content }, examples);
  return datasetId;
}
