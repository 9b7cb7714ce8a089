import { db } from '@/lib/db';
import { seedDataset } from './seed-dataset';
import { findSamplePeople, SAMPLE_SLUG } from './seed-people';
import { seedSample } from './seed-sample';
import { styleTask } from './shop';

/**
 * Known states of an installation by name, for tests and for trying things out:
 * `npm run seed -- --scenario NAME`. Each answers what to print.
 */
export const scenarios = {
  /** The sample workspace, also where it was removed. */
  sample: async () =>
    (await seedSample({ onlyIfEmpty: false }))
      ? 'The sample workspace is ready.'
      : 'The sample workspace is there already.',
  /** The planted style task as a dataset of its own in the sample workspace. */
  'style-task': async () => {
    await seedSample({ onlyIfEmpty: false });
    const workspace = await db.workspace.findUniqueOrThrow({
      where: { slug: SAMPLE_SLUG },
      select: { id: true },
    });
    const name = styleTask.name;
    const there = await db.dataset.findFirst({
      where: { workspaceId: workspace.id, name },
      select: { id: true },
    });
    if (there) return `The dataset “${name}” is there already.`;
    await seedDataset(await findSamplePeople(workspace.id), styleTask);
    return `The dataset “${name}” is ready in the sample workspace.`;
  },
} satisfies Record<string, () => Promise<string>>;

export type ScenarioName = keyof typeof scenarios;

export const isScenario = (name: string): name is ScenarioName => Object.hasOwn(scenarios, name);
