import { db } from '@/lib/db';
import { type Viewer, viewerForJob } from '@/lib/session';
import { samplePeople } from './shop';
import type { SamplePerson } from './shop/ticket';

export type SeedPeople = Record<SamplePerson, Viewer>;

export const SAMPLE_SLUG = 'sample';

/** Makes the sample workspace with its three people; opens their accounts again where it was removed. */
export async function createSampleWorkspace(): Promise<SeedPeople> {
  const workspace = await db.workspace.create({
    data: { slug: SAMPLE_SLUG, name: 'Fernwick Cycles (sample)', isSample: true },
    select: { id: true },
  });
  for (const role of ['admin', 'reviewer', 'writer'] as const) {
    const user = await db.user.upsert({
      where: { email: samplePeople[role].email },
      create: { ...samplePeople[role], isSample: true },
      update: { disabledAt: null },
      select: { id: true },
    });
    await db.member.create({
      data: { userId: user.id, workspaceId: workspace.id, role },
      select: { userId: true },
    });
  }
  return findSamplePeople(workspace.id);
}

/** The three people of a sample workspace. Throws where one is missing. */
export async function findSamplePeople(workspaceId: string): Promise<SeedPeople> {
  const person = async (role: SamplePerson): Promise<Viewer> => {
    const { userId } = await db.member.findFirstOrThrow({
      where: { workspaceId, role, user: { email: samplePeople[role].email, isSample: true } },
      select: { userId: true },
    });
    return viewerForJob({ userId, workspaceId });
  };
  return {
    admin: await person('admin'),
    reviewer: await person('reviewer'),
    writer: await person('writer'),
  };
}
