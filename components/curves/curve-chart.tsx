import { useTranslations } from 'next-intl';
import type { CurveResult } from '@/lib/curves/curve-queries';
import type { CurveAnswer } from '@/lib/curves/curve-rules';
import { LineChart } from '../ui/line-chart';

type Props = { points: CurveResult['points']; answer: CurveAnswer };

/** How close the model comes, by examples, between the ends of its band. */
export function CurveChart({ points, answer }: Props) {
  const t = useTranslations('curves.chart');
  const line = (value: 'mean' | 'lower' | 'upper') => ({
    id: value,
    label: t(value),
    weight: value === 'mean' ? ('strong' as const) : ('thin' as const),
    points: answer.points.map((point) => ({
      x: points.find(({ share }) => share === point.share * 100)?.examples ?? 0,
      y: point[value],
    })),
  });
  return (
    <div className="flex max-w-3xl flex-col gap-2">
      <LineChart
        label={t('label')}
        xLabel={t('x')}
        yLabel={t('y')}
        series={[line('upper'), line('mean'), line('lower')]}
        isWithoutNumbers
      />
      <p className="max-w-reading text-13 text-ink-3">{t('band')}</p>
    </div>
  );
}
