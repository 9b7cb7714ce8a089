'use client';

import { BookOpenText, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';
import { Markdown } from '../ui/markdown';

const HOTKEY = { id: 'brief.guidelines', keys: 'g' };

/** Whether the guidelines are shown beside the work; the button and G turn it. */
export function useGuidelines(): { isOpen: boolean; toggle: () => void } {
  const [isOpen, setOpen] = useState(false);
  return { isOpen, toggle: useCallback(() => setOpen((open) => !open), []) };
}

/** The button with its key. Put it once on a page that shows `GuidelinesPanel`. */
export function GuidelinesButton({ isOpen, toggle }: ReturnType<typeof useGuidelines>) {
  const t = useTranslations('brief.guidelines');
  useHotkey({ ...HOTKEY, label: isOpen ? t('hide') : t('show'), handler: toggle });
  return (
    <Button
      size="small"
      variant="quiet"
      aria-expanded={isOpen}
      icon={<BookOpenText aria-hidden="true" />}
      kbd={<HotkeyKbd {...HOTKEY} />}
      onClick={toggle}
    >
      {t('toggle')}
    </Button>
  );
}

export interface GuidelinesPanelProps {
  task: string;
  /** Markdown. */
  guidelines: string;
  onClose: () => void;
}

/** The brief for people, beside what they write or judge. The page gives it its place and width. */
export function GuidelinesPanel({ task, guidelines, onClose }: GuidelinesPanelProps) {
  const t = useTranslations('brief.guidelines');
  return (
    <aside aria-label={t('toggle')} className="flex min-h-0 flex-col bg-sunken">
      <div className="flex min-h-11 items-center gap-2 border-b py-1.5 ps-4 pe-2">
        <h2 className="min-w-0 flex-1 text-14 font-semibold">{t('toggle')}</h2>
        <IconButton label={t('hide')} keys="G" icon={<X aria-hidden="true" />} onClick={onClose} />
      </div>
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4">
        <div>
          <h3 className="text-12 font-medium text-ink-3">{t('task')}</h3>
          <p dir="auto" className="max-w-reading text-14 whitespace-pre-wrap">
            {task}
          </p>
        </div>
        {guidelines.trim() === '' ? (
          <p className="text-14 text-ink-3">{t('empty')}</p>
        ) : (
          <Markdown text={guidelines} />
        )}
      </div>
    </aside>
  );
}
