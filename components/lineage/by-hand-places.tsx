import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ByHand } from '@/lib/lineage/by-hand-queries';
import { Places } from './places';

const link = 'text-accent-ink hover:underline';

export const countByHand = (byHand: ByHand): number =>
  Object.values(byHand).reduce((sum, places) => sum + places.length, 0);

/** What holds the person and is not erased: a person changes it, so each has its link. */
export function ByHandPlaces({ workspace, byHand }: { workspace: string; byHand: ByHand }) {
  const t = useTranslations('lineage.person');
  const base = `/w/${workspace}`;
  const count = countByHand(byHand);
  if (count === 0) return null;
  return (
    <div className="flex flex-col gap-1 text-13">
      <Places title={t('byHand')} count={count}>
        {byHand.briefs.map(({ id, version, datasetId, dataset, isLatest }) => (
          <li key={id}>
            <Link
              className={link}
              href={`${base}/datasets/${datasetId}/brief${isLatest ? '' : `/versions/${version}`}`}
            >
              {t('briefVersion', { version, dataset })}
            </Link>
            {isLatest ? null : <span className="text-ink-3"> ({t('olderBrief')})</span>}
          </li>
        ))}
        {byHand.datasets.map(({ id, name }) => (
          <li key={id}>
            <Link className={link} href={`${base}/datasets/${id}/settings`}>
              {t('datasetName', { name })}
            </Link>
          </li>
        ))}
        {byHand.models.map(({ id, name }) => (
          <li key={id}>
            <Link className={link} href={`${base}/models/${id}`}>
              {t('modelName', { name })}
            </Link>
          </li>
        ))}
        {byHand.uploads.map(({ id, fileName, datasetId }) => (
          <li key={id}>
            <Link className={link} href={`${base}/datasets/${datasetId}/import/${id}`}>
              {t('upload', { fileName })}
            </Link>
          </li>
        ))}
      </Places>
      <p className="text-ink-3">{t('byHandHint')}</p>
    </div>
  );
}
