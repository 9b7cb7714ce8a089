import { useTranslations } from 'next-intl';
import { Stepper } from '@/components/ui/stepper';
import type { LiveRun } from './use-run';

const phases = ['preparing', 'training', 'evaluating', 'done'] as const;

/** How far the run came: a failed one shows where. */
function currentPhase(run: LiveRun): number {
  const known = phases.indexOf(run.state as (typeof phases)[number]);
  if (known !== -1) return known;
  if (run.phaseTotal) return phases.indexOf('evaluating');
  return run.step > 0 ? phases.indexOf('training') : 0;
}

/** Prepare → train → evaluate → done. */
export function RunSteps({ run }: { run: LiveRun }) {
  const t = useTranslations('training.phase');
  const current = currentPhase(run);
  const stopped = run.state === 'failed' || run.state === 'cancelled';
  return (
    <Stepper
      steps={phases.map((phase, index) => ({
        id: phase,
        label: t(phase),
        state:
          index < current || run.state === 'done'
            ? 'done'
            : index > current || run.state === 'queued'
              ? 'todo'
              : stopped
                ? 'failed'
                : 'current',
      }))}
    />
  );
}
