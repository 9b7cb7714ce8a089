import { useFormatter, useTranslations } from 'next-intl';
import { exactMcNemar } from '@/lib/proofs/statistics/exact';
import type { KindComparison } from '@/lib/regression-set/comparison-rules';

/** How likely chance alone makes such a difference: for those who want to check. */
export function RegressionExpert({ kinds }: { kinds: KindComparison[] }) {
  const t = useTranslations('regression');
  const format = useFormatter();
  return (
    <details data-expert className="max-w-3xl">
      <summary className="w-fit rounded-control py-1 text-14 text-ink-2">
        {t('expert.title')}
      </summary>
      <p className="text-13 text-ink-3">{t('expert.text')}</p>
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
    </details>
  );
}
