import { readHealth } from '@/lib/health/health-queries';
import { route } from '@/lib/http';
import { findSignedIn } from '@/lib/session';
import { readTrainerState } from '@/lib/training/trainer-state';

/** 200 once database, migrations and worker answer, else 503. Strangers see states only. */
export const GET = route(async () => {
  const health = await readHealth();
  const status = health.status === 'ok' ? 200 : 503;
  const signedIn = await findSignedIn().catch(() => null);
  if (!signedIn) return Response.json(health, { status });
  return Response.json({ ...health, trainerProgress: await readTrainerState() }, { status });
});
