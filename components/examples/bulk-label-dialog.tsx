'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { type BulkMoveKind, labelSchema } from '@/lib/examples/example-schema';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { useExamples } from './examples-context';

export type LabelMove = 'set_topic' | 'add_tag' | 'remove_tag';

export interface BulkLabelDialogProps {
  kind: LabelMove | null;
  count: number;
  onClose: () => void;
  onConfirm: (move: BulkMoveKind) => void;
}

/** Asks which topic or tag. */
export function BulkLabelDialog({ kind, count, onClose, onConfirm }: BulkLabelDialogProps) {
  const t = useTranslations('examples');
  const { choices } = useExamples();
  const [text, setText] = useState('');
  const [isMissing, setMissing] = useState(false);
  const close = () => {
    setText('');
    setMissing(false);
    onClose();
  };
  const confirm = () => {
    const label = labelSchema.safeParse(text);
    if (kind === 'set_topic' && text.trim() === '') onConfirm({ kind, topic: null });
    else if (!label.success) return setMissing(true);
    else if (kind === 'set_topic') onConfirm({ kind, topic: label.data });
    else if (kind) onConfirm({ kind, tag: label.data });
    setText('');
  };
  const options = kind === 'set_topic' ? choices.topics : choices.tags;
  return (
    <Dialog
      open={kind !== null}
      onOpenChange={(open) => (open ? undefined : close())}
      title={kind ? t(`labelDialog.${kind}`, { count }) : ''}
      footer={
        <Button variant="primary" onClick={confirm}>
          {t('labelDialog.confirm', { count })}
        </Button>
      }
    >
      <Field
        name="label"
        label={kind === 'set_topic' ? t('columns.topic') : t('columns.tag')}
        hint={kind === 'set_topic' ? t('labelDialog.topicHint') : undefined}
        error={isMissing ? t('labelDialog.missing') : undefined}
      >
        <Input
          value={text}
          maxLength={120}
          list="bulk-labels"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') confirm();
          }}
        />
      </Field>
      <datalist id="bulk-labels">
        {options.map(({ value }) => (value ? <option key={value} value={value} /> : null))}
      </datalist>
    </Dialog>
  );
}
