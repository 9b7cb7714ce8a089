import { ListChecks } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { datasetHref } from '../frame/frame-links';
import { LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

/** What a writer sees who opens the queue: who reviews, and where their own work is. */
export function ReviewNotAllowed({
  workspace,
  datasetId,
}: {
  workspace: string;
  datasetId: string;
}) {
  const t = useTranslations('reviews.notAllowed');
  return (
    <EmptyState
      level={1}
      icon={<ListChecks />}
      title={t('title')}
      description={t('text')}
      action={
        <LinkButton variant="primary" href={datasetHref(workspace, datasetId, 'examples')}>
          {t('examples')}
        </LinkButton>
      }
    />
  );
}
