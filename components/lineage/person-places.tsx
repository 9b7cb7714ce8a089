import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { PersonFound } from '@/lib/lineage/person-queries';
import { Places } from './places';

const link = 'text-accent-ink hover:underline';

/** Everything beside examples that holds the person, by kind, each with its link. */
export function PersonPlaces({ workspace, found }: { workspace: string; found: PersonFound }) {
  const t = useTranslations('lineage.person');
  const base = `/w/${workspace}`;
  const models = found.releases.flatMap((release) => release.models);
  return (
    <div className="flex flex-col gap-4 text-13">
      <Places title={t('releases')} count={found.releases.length}>
        {found.releases.map(({ id, number, datasetId, dataset, examples, files }) => (
          <li key={id}>
            <Link className={link} href={`${base}/datasets/${datasetId}/releases/${number}`}>
              {t('release', { number, dataset })}
            </Link>{' '}
            <span className="text-ink-3">{t('releaseHolds', { examples, files })}</span>
          </li>
        ))}
      </Places>
      <Places title={t('models')} count={models.length}>
        {models.map(({ id, name }) => (
          <li key={id}>
            <Link className={link} href={`${base}/models/${id}`}>
              {name}
            </Link>
          </li>
        ))}
      </Places>
      <Places title={t('proofs')} count={found.proofs.length}>
        {found.proofs.map(({ id, model }) => (
          <li key={id}>
            <Link className={link} href={`${base}/proofs/${id}`}>
              {t('proof', { model: model.name })}
            </Link>
          </li>
        ))}
      </Places>
      <Places title={t('imports')} count={found.imports.length}>
        {found.imports.map(({ id, fileName, datasetId }) => (
          <li key={id}>
            <Link className={link} href={`${base}/datasets/${datasetId}/import/${id}`}>
              {fileName}
            </Link>
          </li>
        ))}
      </Places>
    </div>
  );
}
