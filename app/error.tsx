'use client';

import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';

export interface PageErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

export default function PageError({ error, retry }: PageErrorProps) {
  const t = useTranslations('frame.error');
  return (
    <ErrorState
      level={1}
      title={t('title')}
      description={t('description')}
      reference={error.digest}
      onRetry={retry}
      action={<LinkButton href="/">{t('action')}</LinkButton>}
    />
  );
}
