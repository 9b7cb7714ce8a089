'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { addCanaryAction } from '@/lib/regression-set/regression-actions';
import { MAX_OWN_PROMPT, ownCanarySchema } from '@/lib/regression-set/regression-schema';
import { useAct } from '../accounts/use-act';
import { formValues } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { Textarea } from '../ui/textarea';
import { type Fault, findFault } from './find-fault';

/** The button that adds a canary of the workspace's own, and its form. */
export function AddCanary({ workspace }: { workspace: string }) {
  const t = useTranslations('regression.canary');
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      size="medium"
      trigger={<Button icon={<Plus aria-hidden="true" />}>{t('title')}</Button>}
      title={t('title')}
      description={t('text')}
    >
      <CanaryForm workspace={workspace} onAdded={() => setOpen(false)} />
    </Dialog>
  );
}

function CanaryForm({ workspace, onAdded }: { workspace: string; onAdded: () => void }) {
  const t = useTranslations('regression.canary');
  const tFault = useTranslations('regression.faults');
  const { act, pending } = useAct();
  const [fault, setFault] = useState<Fault>(null);
  const errorOf = (field: string) =>
    fault?.field === field ? tFault(fault.key as never) : undefined;
  const send = async (form: HTMLFormElement) => {
    const input = formValues(form, 'prompt', 'reply', 'secret');
    const found = findFault(ownCanarySchema, input);
    setFault(found);
    if (found) return;
    if (await act(() => addCanaryAction({ workspace, ...input }), t('added'))) onAdded();
  };
  return (
    <Form onSubmit={(form) => void send(form)}>
      <Field label={t('prompt')} name="prompt" error={errorOf('prompt')}>
        <Textarea name="prompt" maxLength={MAX_OWN_PROMPT} required />
      </Field>
      <Field label={t('reply')} name="reply" error={errorOf('reply')}>
        <Textarea name="reply" maxLength={MAX_OWN_PROMPT} required />
      </Field>
      <Field label={t('secret')} name="secret" hint={t('secretHint')} error={errorOf('secret')}>
        <Input name="secret" required autoComplete="off" />
      </Field>
      <div className="flex justify-end pt-1">
        <Button type="submit" variant="primary" pending={pending}>
          {t('submit')}
        </Button>
      </div>
    </Form>
  );
}
