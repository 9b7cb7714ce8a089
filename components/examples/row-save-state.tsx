'use client';

import { CloudOff, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Commit } from './commit-queue';
import { useExamples } from './examples-context';

/** How a row's change stands, in the place of its status until it is saved. */
export function RowSaveState({ commit }: { commit: Commit }) {
  const t = useTranslations('examples');
  const { queue } = useExamples();
  if (commit.state.kind === 'saving')
    return (
      <span role="status" className="inline-flex items-center gap-1.5 text-13 text-ink-3">
        <LoaderCircle aria-hidden="true" className="size-3! animate-spin" />
        {t('save.saving')}
      </span>
    );
  const { outcome } = commit.state;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={outcome.message}
      onClick={() => queue.retry(commit.id)}
      className="hit-area inline-flex min-w-0 items-center gap-1.5 text-13 font-medium text-negative hover:underline"
    >
      <CloudOff aria-hidden="true" className="size-3.5!" />
      <span className="truncate">
        {outcome.kind === 'conflict' ? t('save.conflictShort') : t('save.failedShort')}
      </span>
    </button>
  );
}
