'use client';

import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { PageHeader } from '@/components/ui/page-header';
import { Progress } from '@/components/ui/progress';
import { Section } from '@/components/ui/section';
import { CancelRun } from './cancel-run';
import { LossChart } from './loss-chart';
import { RunFailure } from './run-failure';
import { RunFigures } from './run-figures';
import { RunLog } from './run-log';
import { RunStateDot } from './run-state-dot';
import { RunSteps } from './run-steps';
import { isFinished, type LiveRun, useRun } from './use-run';

type Props = { workspace: string; initial: LiveRun; canCancel: boolean };

/** The page of one training, live until it ends; the same after a reload. */
export function RunLive({ workspace, initial, canCancel }: Props) {
  const t = useTranslations('training');
  const { run, isStale } = useRun(initial);
  const { release } = run;
  const base = `/w/${workspace}/datasets/${release.dataset.id}/releases/${release.number}`;
  return (
    <>
      <PageHeader
        title={t('name', { number: run.number })}
        status={<RunStateDot state={run.state} />}
        description={t('run.of', { dataset: release.dataset.name, number: release.number })}
        actions={
          <>
            {canCancel && !isFinished(run) ? <CancelRun run={run} /> : null}
            {run.model ? (
              <LinkButton variant="primary" href={`/w/${workspace}/models/${run.model.id}`}>
                {t('run.toModel')}
              </LinkButton>
            ) : null}
            {canCancel && (run.state === 'failed' || run.state === 'cancelled') ? (
              <LinkButton variant="primary" href={`${base}/train`}>
                {t('run.again')}
              </LinkButton>
            ) : null}
          </>
        }
      />
      <RunSteps run={run} />
      {isStale ? <Callout>{t('run.stale')}</Callout> : null}
      {run.state === 'queued' ? (
        <Callout>{t('run.waitingBehind', { count: run.before })}</Callout>
      ) : null}
      {run.state === 'cancelled' ? <Callout>{t('run.cancelled')}</Callout> : null}
      {run.state === 'failed' ? <RunFailure run={run} /> : null}
      {run.state === 'preparing' ? <p className="text-ink-2">{t('run.preparing')}</p> : null}
      <RunFigures run={run} />
      {run.state === 'evaluating' && run.phaseTotal ? (
        <Progress
          label={t('run.evaluating')}
          value={run.phaseDone ?? 0}
          max={run.phaseTotal}
          text={t('run.evaluatingText', { done: run.phaseDone ?? 0, total: run.phaseTotal })}
        />
      ) : null}
      {run.metrics.length > 0 ? (
        <Section title={t('run.loss')} description={t('run.lossNote')}>
          <LossChart run={run} />
        </Section>
      ) : null}
      <RunLog run={run} />
    </>
  );
}
