'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { putInUseAction } from '@/lib/models/model-actions';
import { MAX_REASON, MIN_REASON } from '@/lib/models/model-schema';
import { needsReason, type Standing } from '@/lib/regression-set/comparison-rules';
import { useAct } from '../accounts/use-act';
import { formValues } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Textarea } from '../ui/textarea';

export interface PutInUseProps {
  workspace: string;
  model: { id: string; name: string };
  standing: Standing;
  replaces: { name: string } | null;
}

/** Asks before a model is put in use, and for a reason where one has to be given. */
export function PutInUse({ workspace, model, standing, replaces }: PutInUseProps) {
  const t = useTranslations('models.use');
  const { act, pending } = useAct();
  const [open, setOpen] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const isRequired = needsReason(standing);
  const send = async (form: HTMLFormElement) => {
    const reason = formValues(form, 'reason').reason.trim();
    const isShort = reason.length < MIN_REASON && (isRequired || reason !== '');
    setMissing(isShort);
    if (isShort) return;
    if (await act(() => putInUseAction({ workspace, modelId: model.id, reason }), t('done')))
      setOpen(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{t('put')}</Button>}
      title={t('putTitle', { model: model.name })}
      description={t(`why.${standing}`)}
    >
      <Form onSubmit={(form) => void send(form)}>
        <p className="text-14 text-ink-2">
          {replaces ? `${t('replaces', { model: replaces.name })} ` : null}
          {t('putText')}
        </p>
        <Field
          label={t('reason')}
          name="reason"
          optional={!isRequired}
          hint={t('reasonHint')}
          error={isMissing ? t('tooShort') : undefined}
        >
          <Textarea name="reason" maxLength={MAX_REASON} required={isRequired} />
        </Field>
        <div className="flex justify-end pt-1">
          <Button type="submit" variant="primary" pending={pending}>
            {t('put')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
