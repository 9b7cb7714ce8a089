'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import type { BriefForChecks } from '@/lib/checks/check-content';
import type { ReviewItem } from '@/lib/reviews/review-queries';
import { FindingList } from '../checks/finding-list';
import { HiddenView } from '../checks/hidden-view';
import { useLiveFindings } from '../checks/use-live-findings';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { correctionKey, useKeptText } from './kept-text';
import { ThumbKbd } from './thumb-kbd';

export interface CorrectionEditorProps {
  item: ReviewItem;
  userId: string;
  brief: BriefForChecks;
  /** Where its buttons stand. */
  actionsSlot: HTMLElement | null;
  onPassOn: (reply: string) => void;
  onLeave: () => void;
}

const PASS_ON = { id: 'review.passOn', keys: 'mod+enter' };
const LEAVE = { id: 'review.leave', keys: 'escape' };

/** The ideal reply, edited in place; the checks follow. Passing on makes it another person's to approve. */
export function CorrectionEditor(props: CorrectionEditorProps) {
  const { item, userId, brief, actionsSlot, onPassOn, onLeave } = props;
  const t = useTranslations('reviews');
  const { text, change, wasKept } = useKeptText(correctionKey(userId, item), item.content.reply);
  const corrected = useMemo(() => ({ ...item.content, reply: text }), [item.content, text]);
  const findings = useLiveFindings(brief, corrected);
  const [error, setError] = useState<'unchanged' | 'empty' | null>(null);
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const field = area.current?.querySelector('textarea');
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  const passOn = () => {
    if (text.trim() === '') return setError('empty');
    if (text === item.content.reply) return setError('unchanged');
    onPassOn(text);
  };
  useHotkey({ ...PASS_ON, label: t('actions.passOn'), handler: passOn, inFields: true });
  useHotkey({ ...LEAVE, label: t('actions.leave'), handler: onLeave, inFields: true });
  return (
    <div ref={area} className="flex max-w-reading flex-col gap-4">
      <Field
        label={t('correction.label')}
        hint={t('correction.hint')}
        error={error ? t(`correction.${error}`) : undefined}
      >
        <Textarea
          look="reading"
          className="min-h-48"
          rows={8}
          value={text}
          onChange={(event) => {
            setError(null);
            change(event.currentTarget.value);
          }}
        />
      </Field>
      <HiddenView text={text} />
      {wasKept ? (
        <p role="status" className="flex flex-wrap items-center gap-2 text-13 text-ink-2">
          {t('correction.kept')}
          <Button size="small" variant="quiet" onClick={() => change(item.content.reply)}>
            {t('correction.discard')}
          </Button>
        </p>
      ) : null}
      <CorrectionActions slot={actionsSlot} onPassOn={passOn} onLeave={onLeave} />
      <FindingList findings={findings} />
    </div>
  );
}

interface CorrectionActionsProps {
  slot: HTMLElement | null;
  onPassOn: () => void;
  onLeave: () => void;
}

/** The buttons of the correction, in the bar where those of every decision are. */
function CorrectionActions({ slot, onPassOn, onLeave }: CorrectionActionsProps) {
  const t = useTranslations('reviews.actions');
  if (!slot) return null;
  return createPortal(
    <div className="grid grid-cols-2 gap-2 sm:flex sm:justify-end">
      <Button
        variant="primary"
        size="large"
        aria-keyshortcuts="Control+Enter"
        kbd={<ThumbKbd {...PASS_ON} />}
        onClick={onPassOn}
      >
        {t('passOn')}
      </Button>
      <Button
        size="large"
        aria-keyshortcuts="Escape"
        kbd={<ThumbKbd {...LEAVE} />}
        onClick={onLeave}
      >
        {t('leave')}
      </Button>
    </div>,
    slot,
  );
}
