'use client';

import { useTranslations } from 'next-intl';
import { renameWorkspaceAction } from '@/lib/workspaces/workspace-actions';
import { formValues, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Input } from '../ui/input';
import { useToast } from '../ui/toast';

export interface WorkspaceNameFormProps {
  workspace: string;
  name: string;
}

/** Gives the workspace another name. */
export function WorkspaceNameForm({ workspace, name }: WorkspaceNameFormProps) {
  const t = useTranslations('workspaces.settings');
  const toast = useToast();
  const { submit, pending, fieldErrors, formError } = useSubmit(renameWorkspaceAction, () => {
    toast.show({ title: t('saved') });
  });
  return (
    <form
      noValidate
      className="flex max-w-md flex-col items-start gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ workspace, ...formValues(event.currentTarget, 'name') });
      }}
    >
      <FormErrorSummary errors={{}} formError={formError} />
      <Field
        name="name"
        label={t('name')}
        hint={t('nameHint', { path: `/w/${workspace}` })}
        error={fieldErrors.name}
        className="w-full"
      >
        <Input name="name" defaultValue={name} autoComplete="off" />
      </Field>
      <Button type="submit" pending={pending}>
        {t('save')}
      </Button>
    </form>
  );
}
