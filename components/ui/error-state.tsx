'use client';

import { CircleAlert, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { CopyButton } from './copy-button';

export interface ErrorStateProps {
  /** What happened. */
  title: React.ReactNode;
  /** What was kept, and what to do. */
  description?: React.ReactNode;
  /** The id under which the log has the details. */
  reference?: string | undefined;
  onRetry?: () => void;
  action?: React.ReactNode;
  level?: 1 | 2 | 3;
}

/** A place that could not be shown. */
export function ErrorState(props: ErrorStateProps) {
  const t = useTranslations('ui');
  const { title, description, reference, onRetry, action, level = 2 } = props;
  const Heading = `h${level}` as const;
  return (
    <div role="alert" className="mx-auto flex max-w-lg flex-col items-start gap-2 px-4 py-16">
      <CircleAlert aria-hidden="true" className="mb-1 size-6! text-negative" />
      <Heading className="text-20 font-semibold text-balance">{title}</Heading>
      {description ? <div className="text-14 text-pretty text-ink-2">{description}</div> : null}
      {reference ? (
        <p className="mt-2 flex flex-wrap items-center gap-2 text-13 text-ink-3">
          {t('referenceId')}
          <code className="font-mono text-ink-2 select-all">{reference}</code>
          <CopyButton text={reference} label={t('copyReference')} iconOnly variant="quiet" />
        </p>
      ) : null}
      <div className="mt-3 flex flex-wrap gap-2">
        {onRetry ? (
          <Button variant="primary" icon={<RotateCw aria-hidden="true" />} onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        ) : null}
        {action}
      </div>
    </div>
  );
}
