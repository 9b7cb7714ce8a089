'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type BulkResult, bulkResultSchema } from '@/lib/examples/bulk-rules';
import { bulkMoveAction, undoBulkAction } from '@/lib/examples/example-actions';
import type { BulkMoveKind } from '@/lib/examples/example-schema';
import type { LiveJob } from '../jobs/use-job';
import { useToast } from '../ui/toast';
import { useExamples } from './examples-context';
import type { ExampleTable } from './use-example-table';

/** Changes the selection, says what came of it, and offers the way back for ten seconds. */
export function useBulk(selection: ExampleTable) {
  const t = useTranslations('examples');
  const toast = useToast();
  const { workspace, datasetId, onListChanged } = useExamples();
  const [isPending, setPending] = useState(false);
  const [job, setJob] = useState<{ id: string; isUndo: boolean } | null>(null);

  const tell = (result: BulkResult, isUndo: boolean) => {
    const left = Object.entries(result.skipped).map(([reason, count]) =>
      t.has(`skipped.${reason}` as 'skipped.retired')
        ? t(`skipped.${reason}` as 'skipped.retired', { count })
        : t('skipped.other', { count }),
    );
    if (result.conflict > 0) left.push(t('skipped.conflict', { count: result.conflict }));
    toast.show({
      title: t(isUndo ? 'bulkUndone' : 'bulkDone', { count: result.done }),
      description: left.join(' · ') || undefined,
      undo: isUndo || result.done === 0 ? undefined : () => undo(result.jobId),
    });
    onListChanged();
  };
  const undo = async (jobId: string) => {
    const answer = await undoBulkAction({ workspace, jobId });
    if (!answer.ok) throw new Error(answer.error.code);
    if (answer.data.kind === 'job') setJob({ id: answer.data.jobId, isUndo: true });
    else onListChanged();
  };
  const run = async (move: BulkMoveKind) => {
    setPending(true);
    try {
      const answer = await bulkMoveAction({
        workspace,
        datasetId,
        selection: selection.selection,
        move,
      });
      if (!answer.ok) toast.show({ title: answer.error.message, tone: 'negative' });
      else if (answer.data.kind === 'job') setJob({ id: answer.data.jobId, isUndo: false });
      else {
        selection.clear();
        tell(answer.data.result, false);
      }
    } catch {
      toast.show({ title: t('save.offline'), tone: 'negative' });
    } finally {
      setPending(false);
    }
  };
  const onJobEnd = (ended: LiveJob) => {
    const isUndo = job?.isUndo ?? false;
    const result = bulkResultSchema.safeParse(ended.result);
    setJob(null);
    selection.clear();
    if (result.success) tell(result.data, isUndo);
    else {
      toast.show({ title: t('bulkStopped'), tone: 'negative' });
      onListChanged();
    }
  };
  return { run, isPending, jobId: job?.id ?? null, onJobEnd };
}
