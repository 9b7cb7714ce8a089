'use client';

import { useTranslations } from 'next-intl';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useHotkey } from '../hotkeys/use-hotkey';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import type { BriefEditorHandle } from './use-brief-editor';

const SAVE = { id: 'brief.save', keys: 'mod+s' };

export interface BriefSaveBarProps {
  editor: BriefEditorHandle;
  newestVersion: number;
}

/** Stays at the bottom while something is unsaved. */
export function BriefSaveBar({ editor, newestVersion }: BriefSaveBarProps) {
  const t = useTranslations('brief.save');
  const { isDirty, isSaving, outcome, save, discard } = editor;
  const next = Math.max(newestVersion, editor.baseVersion) + 1;
  useHotkey({
    ...SAVE,
    label: t('button', { version: next }),
    inFields: true,
    enabled: isDirty && !isSaving,
    handler: () => void save(),
  });
  return (
    <div className="sticky bottom-0 z-10 -mx-4 flex min-h-13 flex-wrap items-center gap-x-4 gap-y-2 border-t bg-canvas px-4 py-2 sm:-mx-6 sm:px-6">
      <p role="status" className="min-w-0 flex-1 basis-52 text-13 text-ink-2 empty:basis-0">
        {isDirty
          ? t('unsaved')
          : outcome?.kind === 'saved'
            ? outcome.isNew
              ? t('saved', { version: outcome.version })
              : t('same')
            : null}
      </p>
      {isDirty ? (
        <AlertDialog
          trigger={<Button variant="quiet">{t('discard')}</Button>}
          title={t('discardTitle')}
          effect={t('discardEffect', { version: newestVersion })}
          confirmLabel={t('discard')}
          cancelLabel={t('keep')}
          onConfirm={discard}
        />
      ) : null}
      <Button
        type="submit"
        variant="primary"
        disabled={!isDirty}
        pending={isSaving}
        kbd={<HotkeyKbd {...SAVE} />}
      >
        {t('button', { version: next })}
      </Button>
    </div>
  );
}
