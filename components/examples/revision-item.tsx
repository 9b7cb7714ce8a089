'use client';

import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { Content } from '@/lib/examples/content';
import type { RevisionView } from '@/lib/examples/example-detail';
import { diffTexts } from '@/lib/text-diff';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { DiffText } from '../ui/diff';
import { RelativeTime } from '../ui/relative-time';

export interface RevisionItemProps {
  revision: RevisionView;
  previous: RevisionView | undefined;
  onRestore?: (() => Promise<void>) | undefined;
}

const promptOf = (content: Content) =>
  [content.system, ...content.messages.map((message) => message.content)]
    .filter(Boolean)
    .join('\n\n');

/** One revision: who, when, what was decided about it, and what it changed. */
export function RevisionItem({ revision, previous, onRestore }: RevisionItemProps) {
  const t = useTranslations('examples');
  const [isPending, setPending] = useState(false);
  const restore = async () => {
    setPending(true);
    await onRestore?.();
    setPending(false);
  };
  return (
    <li className="border-s-2 ps-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13">
        <span className="font-medium">{t('history.ordinal', { ordinal: revision.ordinal })}</span>
        {revision.isCurrent ? <Badge tone="accent">{t('history.current')}</Badge> : null}
        {revision.isApproved ? <Badge tone="positive">{t('history.approved')}</Badge> : null}
        <span className="text-ink-3">
          {revision.authorName}
          {revision.coAuthorName ? ` · ${revision.coAuthorName}` : null}
          {` · ${t(`origin.${revision.origin}`)} · `}
          <RelativeTime value={revision.at} />
        </span>
        <span className="flex-1" />
        {onRestore ? (
          <Button size="small" pending={isPending} onClick={() => void restore()}>
            {t('history.restore')}
          </Button>
        ) : null}
      </div>
      <ReviewLines reviews={revision.reviews} />
      <RevisionText revision={revision} previous={previous} />
    </li>
  );
}

function ReviewLines({ reviews }: { reviews: RevisionView['reviews'] }) {
  const t = useTranslations('examples');
  if (reviews.length === 0) return null;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 text-13 text-ink-2">
      {reviews.map((review) => (
        <li key={review.id}>
          {t(`decision.${review.decision}`, { name: review.reviewerName })}
          {review.reason ? <span dir="auto">{`: ${review.reason}`}</span> : null}
        </li>
      ))}
    </ul>
  );
}

function RevisionText({ revision, previous }: Pick<RevisionItemProps, 'revision' | 'previous'>) {
  const t = useTranslations('examples');
  const parts = useMemo(() => {
    const prompt = promptOf(revision.content);
    const before = previous && promptOf(previous.content);
    return {
      prompt: before === undefined || before === prompt ? null : diffTexts(before, prompt),
      reply: diffTexts(previous?.content.reply ?? revision.content.reply, revision.content.reply),
    };
  }, [revision, previous]);
  return (
    <div className="mt-2 flex flex-col gap-2 [&_p]:text-14">
      {parts.prompt ? (
        <div>
          <span className="text-12 font-medium text-ink-3">{t('columns.prompt')}</span>
          <DiffText parts={parts.prompt} />
        </div>
      ) : null}
      <div>
        {parts.prompt ? (
          <span className="text-12 font-medium text-ink-3">{t('columns.reply')}</span>
        ) : null}
        <DiffText parts={parts.reply} />
      </div>
    </div>
  );
}
