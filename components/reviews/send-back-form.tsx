'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import { useKeptText } from './kept-text';
import { ThumbKbd } from './thumb-kbd';

export interface SendBackFormProps {
  /** The reviewer's own latest reasons. */
  recent: string[];
  /** Where an unsent reason is kept in this browser. */
  storageKey: string;
  onSendBack: (reason: string) => void;
  onLeave: () => void;
}

const SEND = { id: 'review.sendBackNow', keys: 'mod+enter' };
const LEAVE = { id: 'review.leave', keys: 'escape' };
const MAX_REASON_LENGTH = 2_000;

/** Asks for the reason that the writer reads; recent ones are one press away. */
export function SendBackForm(props: SendBackFormProps) {
  const { recent, onSendBack, onLeave } = props;
  const t = useTranslations('reviews');
  const { text: reason, change: setReason } = useKeptText(props.storageKey, '');
  const [missing, setMissing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const focus = () => form.current?.querySelector('textarea')?.focus();
  useEffect(() => form.current?.querySelector('textarea')?.focus(), []);
  const send = () => {
    if (reason.trim() === '') {
      setMissing(true);
      focus();
      return;
    }
    onSendBack(reason.trim());
  };
  useHotkey({ ...SEND, label: t('actions.sendBack'), handler: send, inFields: true });
  useHotkey({ ...LEAVE, label: t('actions.leave'), handler: onLeave, inFields: true });
  return (
    <form
      ref={form}
      aria-label={t('sendBackForm.title')}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={t('sendBackForm.label')}
        hint={t('sendBackForm.hint')}
        error={missing ? t('sendBackForm.missing') : undefined}
        className="max-w-reading"
      >
        <Textarea
          rows={2}
          maxLength={MAX_REASON_LENGTH}
          value={reason}
          onChange={(event) => {
            setMissing(false);
            setReason(event.currentTarget.value);
          }}
        />
      </Field>
      {recent.length > 0 ? (
        <fieldset className="flex flex-wrap gap-1.5">
          <legend className="mb-1 text-12 font-medium text-ink-3">
            {t('sendBackForm.recent')}
          </legend>
          {recent.map((text) => (
            <Button
              key={text}
              size="small"
              className="max-w-full shrink! max-sm:min-h-11"
              onClick={() => {
                setReason(text);
                focus();
              }}
            >
              <span dir="auto" className="truncate">
                {text}
              </span>
            </Button>
          ))}
        </fieldset>
      ) : null}
      <div className="grid grid-cols-2 gap-2 sm:flex sm:justify-end">
        <Button type="submit" variant="primary" size="large" kbd={<ThumbKbd {...SEND} />}>
          {t('actions.sendBack')}
        </Button>
        <Button size="large" kbd={<ThumbKbd {...LEAVE} />} onClick={onLeave}>
          {t('actions.leave')}
        </Button>
      </div>
    </form>
  );
}
