'use client';

import { useTranslations } from 'next-intl';
import { LinkButton } from '../ui/button';
import { ErrorState } from '../ui/error-state';

export interface PageErrorProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** What a failed page shows inside its frame; an `error.tsx` below the frame re-exports it. */
export function PageError({ error, retry }: PageErrorProps) {
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
