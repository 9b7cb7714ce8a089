import 'server-only';
import { db } from '@/lib/db';
import { medianOf } from '@/lib/training/expected-time';
import { readPreparedSpeed } from '@/lib/training/trainer-state';

/** Last steps of a run that its speed is read from; one slow step among them changes nothing. */
const STEPS = 25;

/** Tokens per second of training, and what they were measured by. */
export type MeasuredSpeed = { tokensPerSecond: number; by: 'run' | 'preparation' };

/**
 * How fast this machine trains a base model: by the last run that reached its end, in any
 * workspace, else by the few steps when the trainer was prepared, else not known.
 */
export async function findMeasuredSpeed(baseModel: string): Promise<MeasuredSpeed | null> {
  const measured = { kind: 'training', tokensPerSecond: { not: null } } as const;
  const run = await db.run.findFirst({
    where: { state: 'done', quote: { baseModel }, metrics: { some: measured } },
    orderBy: [{ finishedAt: 'desc' }, { id: 'desc' }],
    select: {
      metrics: {
        where: measured,
        orderBy: { step: 'desc' },
        take: STEPS,
        select: { tokensPerSecond: true },
      },
    },
  });
  const ofRun = medianOf(run?.metrics.map(({ tokensPerSecond }) => tokensPerSecond ?? 0) ?? []);
  if (ofRun) return { tokensPerSecond: ofRun, by: 'run' };
  const ofPreparation = await readPreparedSpeed(baseModel);
  return ofPreparation ? { tokensPerSecond: ofPreparation, by: 'preparation' } : null;
}
