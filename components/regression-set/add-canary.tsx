'use client';

import { useTranslations } from 'next-intl';
import { addCanaryAction } from '@/lib/regression-set/regression-actions';
import { MAX_OWN_PROMPT, ownCanarySchema } from '@/lib/regression-set/regression-schema';
import { useAct } from '../accounts/use-act';
import { formValues } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { Textarea } from '../ui/textarea';
import { AddDialog } from './add-dialog';
import { useFault } from './use-fault';

/** The button that adds a canary of the workspace's own, and its form. */
export function AddCanary({ workspace }: { workspace: string }) {
  const t = useTranslations('regression.canary');
  return (
    <AddDialog title={t('title')} text={t('text')}>
      {(close) => <CanaryForm workspace={workspace} onAdded={close} />}
    </AddDialog>
  );
}

function CanaryForm({ workspace, onAdded }: { workspace: string; onAdded: () => void }) {
  const t = useTranslations('regression.canary');
  const { act, pending } = useAct();
  const { isFaulty, errorOf } = useFault(ownCanarySchema);
  const send = async (form: HTMLFormElement) => {
    const input = formValues(form, 'prompt', 'reply', 'secret');
    if (isFaulty(input)) return;
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
