'use client';

import { useTranslations } from 'next-intl';
import { renameSelfAction } from '@/lib/accounts/account-actions';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Input } from '../ui/input';
import { useToast } from '../ui/toast';
import { formValues, useSubmit } from './use-submit';

/** What the person is called. */
export function NameForm({ name }: { name: string }) {
  const t = useTranslations('accounts');
  const toast = useToast();
  const { submit, pending, fieldErrors, formError } = useSubmit(renameSelfAction, () => {
    toast.show({ title: t('account.nameSaved') });
  });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(formValues(event.currentTarget, 'name'));
      }}
    >
      <FormErrorSummary errors={{}} formError={formError} />
      <Field
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        error={fieldErrors.name}
        className="w-full"
      >
        <Input name="name" defaultValue={name} autoComplete="name" />
      </Field>
      <Button type="submit" pending={pending}>
        {t('account.saveName')}
      </Button>
    </form>
  );
}
