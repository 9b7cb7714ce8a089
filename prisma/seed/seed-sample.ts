import { db } from '@/lib/db';
import { seedDataset } from './seed-dataset';
import { createSampleWorkspace, SAMPLE_SLUG } from './seed-people';
import { sampleBrief, sampleExamples } from './shop';

/**
 * Seeds the sample workspace into an installation that has none. One that was cut short is
 * removed and made anew; one that a person removed comes back only when somebody asks for it.
 * Answers whether it did anything.
 */
export async function seedSample(options: { onlyIfEmpty: boolean }): Promise<boolean> {
  const existing = await db.workspace.findUnique({
    where: { slug: SAMPLE_SLUG },
    select: { id: true, isSample: true },
  });
  if (existing) {
    const made = await db.example.count({ where: { workspaceId: existing.id } });
    if (!existing.isSample || made >= sampleExamples.length) return false;
    await db.$executeRaw`SELECT erase_workspace(${existing.id}::uuid, NULL)`;
  } else if (options.onlyIfEmpty && ((await hasPeople()) || (await wasRemoved()))) {
    return false;
  }
  const people = await createSampleWorkspace();
  await seedDataset(people, { ...sampleBrief, examples: sampleExamples });
  // It opens now: what people do in it is told from what it came with by its time.
  await db.$executeRaw`
    UPDATE "Workspace" SET "createdAt" = clock_timestamp() WHERE "id" = ${people.admin.workspaceId}::uuid`;
  return true;
}

const hasPeople = async () =>
  (await db.user.findFirst({ where: { isSample: false }, select: { id: true } })) !== null;

/** Removing the sample closes the accounts of its people; see lib/sample. */
const wasRemoved = async () =>
  (await db.user.findFirst({
    where: { isSample: true, disabledAt: { not: null } },
    select: { id: true },
  })) !== null;
