'use client';

import { useTranslations } from 'next-intl';
import { createWorkspaceAction } from '@/lib/workspaces/workspace-actions';
import { formValues, leaveFor, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';

/** Another workspace. */
export function NewWorkspaceForm() {
  const t = useTranslations('workspaces.new');
  const { submit, pending, fieldErrors, formError } = useSubmit(createWorkspaceAction, leaveFor);
  return (
    <Form
      formError={formError}
      onSubmit={(form) => {
        void submit(formValues(form, 'name'));
      }}
    >
      <Field name="name" label={t('name')} error={fieldErrors.name}>
        <Input name="name" autoComplete="organization" />
      </Field>
      <Button type="submit" variant="primary" size="large" pending={pending}>
        {t('submit')}
      </Button>
    </Form>
  );
}
