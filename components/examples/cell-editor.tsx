'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import { cn } from '../ui/cn';
import { useToast } from '../ui/toast';
import { type EditablePart, toInput, toText, type WholeText } from './cell-text';
import { saveExample } from './example-api';
import { useExamples } from './examples-context';
import { removeLocalCopy, writeLocalCopy } from './local-copies';

export type EditorExit = 'stay' | 'down' | 'next' | 'previous' | 'blur';

export interface CellEditorProps {
  row: ExampleRow;
  part: EditablePart;
  /** The whole text; null while it is fetched. */
  whole: WholeText | null;
  onDone: (exit: EditorExit) => void;
}

const FIELD =
  'absolute z-20 bg-surface text-ink shadow-float outline-2 outline-offset-0 outline-accent';

/** Edits one cell where it stands; leaving it saves, Escape gives the change up. */
export function CellEditor({ row, part, whole, onDone }: CellEditorProps) {
  const t = useTranslations('examples');
  const label = t('edit', { part: t(`columns.${part}`), number: row.number });
  if (!whole)
    return (
      <span role="status" className={cn(FIELD, 'inset-x-0 top-0 p-2 text-13 text-ink-3')}>
        {t('loadingText')}
      </span>
    );
  return <CellField row={row} part={part} whole={whole} label={label} onDone={onDone} />;
}

function CellField(props: CellEditorProps & { whole: WholeText; label: string }) {
  const { row, part, whole, label, onDone } = props;
  const { workspace, datasetId, userId, queue, choices } = useExamples();
  const t = useTranslations('examples');
  const toast = useToast();
  const before = toText(whole, part);
  const [text, setText] = useState(before);
  const done = useRef(false);
  const changed = text !== before;

  const leave = (exit: EditorExit, save: boolean) => {
    if (done.current) return;
    done.current = true;
    const isBlank = text.trim() === '' && (part === 'reply' || part === 'prompt');
    if (save && changed && isBlank) toast.show({ title: t('errors.blank') });
    if (save && changed && !isBlank) void queue.commit(toInput(row, whole, part, text));
    else removeLocalCopy(userId, row.id);
    onDone(exit);
  };
  const type = (next: string) => {
    setText(next);
    const { changes } = toInput(row, whole, part, next);
    if (part === 'reply' || part === 'prompt')
      writeLocalCopy(userId, row.id, {
        datasetId,
        number: row.number,
        version: whole.version,
        baseRevisionId: null,
        at: new Date().toISOString(),
        text:
          changes.reply === undefined ? { messages: changes.messages } : { reply: changes.reply },
      });
  };
  const onClose = useEffectEvent(() => {
    if (!changed || done.current) return;
    const { id, version, changes } = toInput(row, whole, part, text);
    void saveExample(workspace, { id, version, changes }, { keepalive: true });
  });
  useEffect(() => {
    const handle = () => onClose();
    window.addEventListener('pagehide', handle);
    return () => window.removeEventListener('pagehide', handle);
  }, []);

  const onKeyDown = (event: React.KeyboardEvent) => {
    // What is pressed here is meant for this field, not for the page around it.
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const isLong = part === 'prompt' || part === 'reply';
    const isSave = event.key === 'Enter' && (event.ctrlKey || event.metaKey || !isLong);
    if (event.key === 'Escape') leave('stay', false);
    else if (isSave) leave('down', true);
    else if (event.key === 'Tab') leave(event.shiftKey ? 'previous' : 'next', true);
    else return;
    event.preventDefault();
  };
  const shared = {
    'aria-label': label,
    dir: 'auto' as const,
    value: text,
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      type(event.currentTarget.value),
    onBlur: () => leave('blur', true),
    onKeyDown,
    ref: focusAtEnd,
  };
  if (part === 'prompt' || part === 'reply')
    return (
      <textarea
        {...shared}
        className={cn(
          FIELD,
          'start-0 top-0 field-sizing-content max-h-80 min-h-28 w-full min-w-80 resize-y rounded-control p-2 text-13 max-sm:relative max-sm:min-w-0',
        )}
      />
    );
  return (
    <>
      <input
        {...shared}
        type="text"
        list={`suggest-${part}`}
        className={cn(
          FIELD,
          'inset-x-0 top-1/2 h-8 min-w-40 -translate-y-1/2 rounded-control px-2 text-13',
        )}
      />
      <datalist id={`suggest-${part}`}>
        {(part === 'topic' ? choices.topics : choices.tags).map(({ value }) =>
          value ? <option key={value} value={value} /> : null,
        )}
      </datalist>
    </>
  );
}

function focusAtEnd(field: HTMLInputElement | HTMLTextAreaElement | null) {
  if (!field || field.dataset.focused) return;
  field.dataset.focused = '1';
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
