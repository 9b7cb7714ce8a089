'use client';

import { useTranslations } from 'next-intl';
import type { QueueFilter } from '@/lib/reviews/review-schema';
import { Badge } from '../ui/badge';
import type { DeskItem } from './desk-state';
import { ReviewFilter } from './review-filter';

export interface ReviewHeaderProps {
  item: DeskItem | null;
  filter: QueueFilter;
  topics: { topic: string; count: number }[];
  onFilter: (filter: QueueFilter) => void;
  /** Guidelines, own decisions. */
  actions: React.ReactNode;
}

/** Which example this is, and which part of the queue is being reviewed. */
export function ReviewHeader({ item, filter, topics, onFilter, actions }: ReviewHeaderProps) {
  const t = useTranslations('reviews');
  return (
    <header className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="flex min-h-8 w-full min-w-0 items-center gap-x-3 sm:w-auto sm:min-w-80 sm:flex-1">
        <h1 className="tabular shrink-0 text-20 font-semibold">
          {item ? t('example', { number: item.number }) : t('title')}
        </h1>
        {item ? (
          <>
            {item.topic === null ? null : (
              <span title={item.topic} className="flex max-w-56 min-w-16 [&>span]:min-w-0">
                <Badge>
                  <span className="truncate">{item.topic}</span>
                </Badge>
              </span>
            )}
            <span className="min-w-0 truncate text-13 text-ink-3">
              {item.coAuthorName === null
                ? t('revisionBy', { ordinal: item.ordinal, author: item.authorName })
                : t('revisionWith', {
                    ordinal: item.ordinal,
                    author: item.authorName,
                    coAuthor: item.coAuthorName,
                  })}
            </span>
          </>
        ) : null}
      </div>
      <div className="flex flex-wrap items-center gap-2 max-sm:w-full">
        <ReviewFilter filter={filter} topics={topics} onChange={onFilter} />
        {actions}
      </div>
    </header>
  );
}
