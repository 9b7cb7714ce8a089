import { useTranslations } from 'next-intl';
import type { MeasureDetail } from '@/lib/proofs/measures/measure-list';
import { measuredArms } from '@/lib/proofs/measures/readings';
import type { MeasureRow } from '@/lib/proofs/measures-rules';

/** What stands behind the counts of a row, arm by arm; folded, and nothing where there is no more to tell. */
export function MeasureDetails({ details }: { details: MeasureRow['details'] }) {
  const t = useTranslations('proofs');
  const shown = measuredArms.flatMap((arm) => {
    const detail = details[arm];
    return detail ? [{ arm, detail }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <details className="text-12 text-ink-3">
      <summary className="w-fit whitespace-nowrap">{t('measures.details.title')}</summary>
      <ul className="flex w-60 max-w-[70vw] flex-col gap-1 py-1">
        {shown.map(({ arm, detail }) => (
          <li key={arm}>
            <span className="font-medium">{t(`arm.${arm}`)}</span> <Detail detail={detail} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Detail({ detail }: { detail: MeasureDetail }) {
  const t = useTranslations('proofs.measures.details');
  const { kind, ...values } = detail;
  return t(kind, values);
}
