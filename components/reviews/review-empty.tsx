'use client';

import { CircleCheckBig } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { QueueSummary } from '@/lib/reviews/queue-queries';
import { datasetHref, workspaceHref } from '../frame/frame-links';
import { Button, LinkButton } from '../ui/button';
import { EmptyState } from '../ui/empty-state';

export interface ReviewEmptyProps {
  workspace: string;
  datasetId: string;
  summary: QueueSummary | null;
  done: number;
  skipped: number;
  /** A topic is chosen, so others may have more. */
  filtered: boolean;
  canInvite: boolean;
  onSkipped: () => void;
  onAgain: () => void;
  onAllTopics: () => void;
}

/** Nothing waits: why, and what to do about it. */
export function ReviewEmpty(props: ReviewEmptyProps) {
  const { workspace, datasetId, summary, done, skipped, filtered, canInvite } = props;
  const t = useTranslations('reviews.empty');
  const own = summary?.own ?? 0;
  const withOthers = summary?.withOthers ?? 0;
  const alone = own > 0 && summary?.otherReviewers === 0;
  return (
    <EmptyState
      icon={<CircleCheckBig />}
      title={t('title')}
      description={
        <div className="flex flex-col gap-2">
          {done > 0 ? <p>{t('done', { count: done })}</p> : null}
          {own > 0 ? <p>{t('own', { count: own })}</p> : null}
          {withOthers > 0 ? <p>{t('withOthers', { count: withOthers })}</p> : null}
          {alone ? <p>{canInvite ? t('alone') : t('aloneAsk')}</p> : null}
          {filtered ? <p>{t('otherTopics')}</p> : null}
          {own + withOthers + skipped === 0 && !filtered ? <p>{t('nothing')}</p> : null}
        </div>
      }
      action={
        <>
          {skipped > 0 ? (
            <Button variant="primary" onClick={props.onSkipped}>
              {t('skipped', { count: skipped })}
            </Button>
          ) : null}
          {filtered ? (
            <Button variant={skipped > 0 ? 'secondary' : 'primary'} onClick={props.onAllTopics}>
              {t('allTopics')}
            </Button>
          ) : null}
          {alone && canInvite ? (
            <LinkButton variant="primary" href={workspaceHref(workspace, 'people')}>
              {t('invite')}
            </LinkButton>
          ) : null}
          <Button onClick={props.onAgain}>{t('again')}</Button>
          <LinkButton variant="quiet" href={datasetHref(workspace, datasetId, 'examples')}>
            {t('examples')}
          </LinkButton>
        </>
      }
    />
  );
}
