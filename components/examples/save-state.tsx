'use client';

import { Check, CloudOff, LoaderCircle } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Commit } from './commit-queue';
import type { SaveState } from './draft-saver';

export interface SaveLineProps {
  state: SaveState;
  commit: Commit | undefined;
  /** The text differs from the last revision. */
  isChanged: boolean;
  onRetry: () => void;
}

/** "Saved 10:42", "Saving…" or "Not saved — retry", told to screen readers as it changes. */
export function SaveLine({ state, commit, isChanged, onRetry }: SaveLineProps) {
  const t = useTranslations('examples');
  const format = useFormatter();
  const failure =
    commit?.state.kind === 'failed'
      ? { why: commit.state.outcome.kind, message: commit.state.outcome.message }
      : state.kind === 'failed'
        ? state
        : null;
  const isSaving = commit?.state.kind === 'saving' || state.kind === 'saving';
  return (
    <div
      role="status"
      className="flex min-h-8 min-w-0 flex-1 items-center gap-2 text-13 text-ink-3"
    >
      {failure ? (
        <>
          <CloudOff aria-hidden="true" className="text-negative" />
          <span className="min-w-0">
            <button
              type="button"
              onClick={onRetry}
              className="font-medium text-negative underline underline-offset-2"
            >
              {t('save.failed')}
            </button>
            <span className="block text-12">
              {failure.why === 'offline' ? t('save.offline') : failure.message || t('save.kept')}
            </span>
          </span>
        </>
      ) : isSaving ? (
        <>
          <LoaderCircle aria-hidden="true" className="animate-spin" />
          {t('save.saving')}
        </>
      ) : state.kind === 'saved' ? (
        <>
          <Check aria-hidden="true" className="text-positive" />
          <span className="min-w-0">
            {t('save.saved', {
              time: format.dateTime(new Date(state.at), 'time'),
            })}
            {isChanged ? <span className="block text-12">{t('save.private')}</span> : null}
          </span>
        </>
      ) : isChanged ? (
        t('save.changed')
      ) : null}
    </div>
  );
}
