import { useFormatter, useTranslations } from 'next-intl';
import { type CurveAnswer, WORTHWHILE_SCORE } from '@/lib/curves/curve-rules';
import type { CurveShare } from '@/lib/curves/curve-schema';
import { ExpertDetails } from '../ui/expert-details';

/** The figures behind the answer: for those who want to check. */
export function CurveExpert({ answer }: { answer: CurveAnswer }) {
  const t = useTranslations('curves');
  const format = useFormatter();
  const figure = (value: number) =>
    format.number(value, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const row = (name: string, band: { mean: number; lower: number; upper: number }) => (
    <div key={name} className="contents">
      <dt className="text-ink-3">{name}</dt>
      <dd className="tabular">
        {t('expert.point', {
          score: figure(band.mean),
          lower: figure(band.lower),
          upper: figure(band.upper),
        })}
      </dd>
    </div>
  );
  return (
    <ExpertDetails
      title={t('expert.title')}
      text={t('expert.text', { worthwhile: WORTHWHILE_SCORE })}
    >
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-6 gap-y-1 py-2 text-13">
        {answer.points.map((point) => row(t(`part.${(point.share * 100) as CurveShare}`), point))}
        {answer.lastGain ? row(t('expert.gain'), answer.lastGain) : null}
      </dl>
    </ExpertDetails>
  );
}
