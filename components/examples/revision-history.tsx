'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { restoreRevisionAction } from '@/lib/examples/example-actions';
import type { ExampleDetail, RevisionView } from '@/lib/examples/example-detail';
import { Button } from '../ui/button';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { fetchRevisions } from './example-api';
import { useExamples } from './examples-context';
import { RevisionItem } from './revision-item';
import type { Draft } from './use-draft';

/** Every text that the example had, with who wrote it, what changed, and the reviews. */
export function RevisionHistory({ detail, draft }: { detail: ExampleDetail; draft: Draft }) {
  const t = useTranslations('examples');
  const toast = useToast();
  const { workspace, onDetail, isArchived } = useExamples();
  const [revisions, setRevisions] = useState<RevisionView[] | 'failed' | null>(null);
  const [attempt, setAttempt] = useState(0);
  const { id, version } = detail.row;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt loads again
  useEffect(() => {
    let isOver = false;
    const load = async () => {
      const outcome = await fetchRevisions(workspace, id);
      if (!isOver) setRevisions(outcome.ok ? outcome.data : 'failed');
    };
    void load();
    return () => {
      isOver = true;
    };
  }, [workspace, id, attempt]);
  const restore = async (revision: RevisionView) => {
    const answer = await restoreRevisionAction({ workspace, id, version, revisionId: revision.id });
    if (!answer.ok) {
      toast.show({ title: answer.error.message, tone: 'negative' });
      return;
    }
    draft.adopt(answer.data);
    onDetail(answer.data);
    toast.show({ title: t('history.restored', { ordinal: revision.ordinal }) });
  };
  if (revisions === null)
    return (
      <div aria-busy="true" className="flex flex-col gap-3">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-16 w-full" />
      </div>
    );
  if (revisions === 'failed')
    return (
      <p className="text-14">
        {t('history.failed')}{' '}
        <Button size="small" onClick={() => setAttempt(attempt + 1)}>
          {t('panel.again')}
        </Button>
      </p>
    );
  const mayRestore = detail.may.edit === null && !isArchived;
  return (
    <ol className="flex flex-col gap-5">
      {revisions.map((revision, index) => (
        <RevisionItem
          key={revision.id}
          revision={revision}
          previous={revisions[index + 1]}
          onRestore={mayRestore && !revision.isCurrent ? () => restore(revision) : undefined}
        />
      ))}
    </ol>
  );
}
