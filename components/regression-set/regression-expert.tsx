import { useFormatter, useTranslations } from 'next-intl';
import { exactMcNemar } from '@/lib/proofs/statistics/exact';
import type { KindComparison } from '@/lib/regression-set/comparison-rules';
import { ExpertDetails } from '../ui/expert-details';

/** How likely chance alone makes such a difference: for those who want to check. */
export function RegressionExpert({ kinds }: { kinds: KindComparison[] }) {
  const t = useTranslations('regression');
  const format = useFormatter();
  return (
    <ExpertDetails title={t('expert.title')} text={t('expert.text')}>
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-6 gap-y-1 py-2 text-13">
        {kinds.map(({ kind, worse, better }) => (
          <div key={kind} className="contents">
            <dt className="text-ink-3">{t(`kinds.${kind}`)}</dt>
            <dd className="tabular">
              {t('expert.pair', {
                worse: worse.length,
                better: better.length,
                p: format.number(exactMcNemar(worse.length, better.length), {
                  minimumFractionDigits: 3,
                  maximumFractionDigits: 3,
                }),
              })}
            </dd>
          </div>
        ))}
      </dl>
    </ExpertDetails>
  );
}
