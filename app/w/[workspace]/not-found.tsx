import { SearchX } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';

/** Something of this workspace does not exist; a stranger to the workspace sees the page outside it. */
export default async function NotFoundInWorkspace() {
  const t = await getTranslations('frame.notFound');
  return (
    <EmptyState
      level={1}
      icon={<SearchX />}
      title={t('title')}
      description={t('description')}
      action={
        <LinkButton href="/" variant="primary">
          {t('action')}
        </LinkButton>
      }
    />
  );
}
