'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { FindingList } from '../checks/finding-list';
import { HiddenView } from '../checks/hidden-view';
import { useLiveFindings } from '../checks/use-live-findings';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { HotkeyScope } from '../hotkeys/hotkey-scope';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { SidePanel } from '../ui/side-panel';
import { Textarea } from '../ui/textarea';
import { useExamples } from './examples-context';
import { leaveOnEscape } from './text-fields';
import type { ExamplesAddress } from './use-examples-url';
import { useNewExample } from './use-new-example';

/** A new example: the prompt, its ideal reply, and what to file it under. */
export function NewExamplePanel({ address }: { address: ExamplesAddress }) {
  const t = useTranslations('examples');
  return (
    <HotkeyScope name="examples.new" label={t('new')}>
      <NewExampleForm address={address} />
    </HotkeyScope>
  );
}

function NewExampleForm({ address }: { address: ExamplesAddress }) {
  const t = useTranslations('examples');
  const { brief, choices } = useExamples();
  const { text, change, create, isPending, error, isReady, reset } = useNewExample(
    address.url.topic ?? '',
  );
  const content = useMemo(
    () => ({ messages: [{ role: 'user' as const, content: text.prompt }], reply: text.reply }),
    [text.prompt, text.reply],
  );
  const findings = useLiveFindings(brief, content);
  const close = () => address.openExample(null);
  const save = async (again: boolean) => {
    const made = await create();
    if (!made) return;
    if (again) document.getElementById('new-prompt')?.focus();
    else address.openExample(made.row.number);
  };
  useHotkey({
    id: 'examples.create',
    keys: 'mod+enter',
    label: t('create'),
    inFields: true,
    handler: () => void save(true),
  });
  useHotkey({
    id: 'examples.panel.close',
    keys: 'escape',
    label: t('panel.close'),
    handler: close,
  });
  return (
    <SidePanel
      title={t('new')}
      label={t('new')}
      onClose={close}
      footer={
        <>
          <p role="status" className="basis-full text-12 text-ink-3 empty:hidden">
            {error ? (
              <span className="text-negative">{error}</span>
            ) : text.prompt || text.reply ? (
              t('newKept')
            ) : null}
          </p>
          {text.prompt || text.reply ? (
            <Button variant="quiet" onClick={reset}>
              {t('panel.discard')}
            </Button>
          ) : null}
          <span className="flex-1" />
          <Button disabled={!isReady} pending={isPending} onClick={() => void save(false)}>
            {t('create')}
          </Button>
          <Button
            variant="primary"
            disabled={!isReady}
            pending={isPending}
            kbd={<HotkeyKbd id="examples.create" keys="mod+enter" />}
            onClick={() => void save(true)}
          >
            {t('createNext')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-5">
        <Field label={t('columns.prompt')} hint={t('promptHint')}>
          <Textarea
            id="new-prompt"
            autoFocus
            rows={5}
            className="min-h-24 max-w-reading"
            value={text.prompt}
            onKeyDown={leaveOnEscape}
            onChange={(event) => change({ ...text, prompt: event.currentTarget.value })}
          />
        </Field>
        <HiddenView text={text.prompt} />
        <div className="flex flex-col gap-3">
          <Field label={t('columns.reply')} hint={t('replyHint')}>
            <Textarea
              look="reading"
              className="min-h-44"
              rows={8}
              value={text.reply}
              onKeyDown={leaveOnEscape}
              onChange={(event) => change({ ...text, reply: event.currentTarget.value })}
            />
          </Field>
          <HiddenView text={text.reply} />
          {text.reply ? <FindingList findings={findings} /> : null}
        </div>
        <Field label={t('columns.topic')} optional className="max-w-72">
          <Input
            value={text.topic}
            list="new-topics"
            maxLength={120}
            onKeyDown={leaveOnEscape}
            onChange={(event) => change({ ...text, topic: event.currentTarget.value })}
          />
        </Field>
        <datalist id="new-topics">
          {choices.topics.map(({ value }) => (value ? <option key={value} value={value} /> : null))}
        </datalist>
      </div>
    </SidePanel>
  );
}
