'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Textarea } from '../ui/textarea';
import type { ShownFinding } from './finding-list';
import { useFindingText } from './use-finding-text';

/** Longest reason, in UTF-16 code units. */
const MAX_REASON_LENGTH = 500;

export interface FindingDismissDialogProps {
  finding: ShownFinding | null;
  onClose: () => void;
  /** May be async; the dialog stays open with the typed reason when it throws. */
  onConfirm: (reason: string) => unknown;
}

/** Asks why a warning is all right here. */
export function FindingDismissDialog(props: FindingDismissDialogProps) {
  const { finding, onClose, onConfirm } = props;
  const t = useTranslations('checks');
  const say = useFindingText();
  const [reason, setReason] = useState('');
  const [pending, setPending] = useState(false);
  const [missing, setMissing] = useState(false);

  const close = () => {
    setReason('');
    setMissing(false);
    onClose();
  };
  const confirm = async () => {
    if (reason.trim() === '') {
      setMissing(true);
      return;
    }
    setPending(true);
    try {
      await onConfirm(reason.trim());
      close();
    } finally {
      setPending(false);
    }
  };

  return (
    <Dialog
      open={finding !== null}
      onOpenChange={(open) => (open || pending ? undefined : close())}
      title={t('dismissTitle')}
      description={finding ? say(finding) : undefined}
      footer={
        <Button variant="primary" pending={pending} onClick={() => void confirm()}>
          {t('dismissConfirm')}
        </Button>
      }
    >
      <Field
        name="reason"
        label={t('dismissReason')}
        hint={t('dismissReasonHint')}
        error={missing ? t('errors.empty') : undefined}
      >
        <Textarea
          value={reason}
          maxLength={MAX_REASON_LENGTH}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
    </Dialog>
  );
}
