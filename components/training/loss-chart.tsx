import { useTranslations } from 'next-intl';
import { LineChart } from '@/components/ui/line-chart';
import type { LiveRun } from './use-run';

/** Training loss thin, validation loss strong, with its table. */
export function LossChart({ run }: { run: LiveRun }) {
  const t = useTranslations('training.run');
  const points = (kind: 'training' | 'validation') =>
    run.metrics
      .filter((metric) => metric.kind === kind)
      .map(({ step, loss }) => ({ x: step, y: loss }));
  return (
    <LineChart
      label={t('chartLabel')}
      xLabel={t('chartX')}
      yLabel={t('chartY')}
      xMax={run.totalSteps ?? undefined}
      series={[
        { id: 'training', label: t('series.training'), weight: 'thin', points: points('training') },
        {
          id: 'validation',
          label: t('series.validation'),
          weight: 'strong',
          points: points('validation'),
        },
      ]}
    />
  );
}
