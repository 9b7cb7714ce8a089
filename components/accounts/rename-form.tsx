'use client';

import type { Result } from '@/lib/result';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { useToast } from '../ui/toast';
import { formValues, useSubmit } from './use-submit';

export interface RenameFormProps {
  name: string;
  label: string;
  hint: string;
  /** `name` for a person, `off` for a thing. */
  autoComplete: 'name' | 'off';
  submitLabel: string;
  /** What a toast says once it is stored. */
  savedText: string;
  action: (input: { name: string }) => Promise<Result<unknown>>;
}

/** Gives a person or a thing another name. */
export function RenameForm(props: RenameFormProps) {
  const { name, label, hint, autoComplete, submitLabel, savedText, action } = props;
  const toast = useToast();
  const { submit, pending, fieldErrors, formError } = useSubmit(action, () => {
    toast.show({ title: savedText });
  });
  return (
    <Form
      className="flex max-w-md flex-col items-start gap-3"
      formError={formError}
      onSubmit={(form) => {
        void submit(formValues(form, 'name'));
      }}
    >
      <Field name="name" label={label} hint={hint} error={fieldErrors.name} className="w-full">
        <Input name="name" defaultValue={name} autoComplete={autoComplete} />
      </Field>
      <Button type="submit" pending={pending}>
        {submitLabel}
      </Button>
    </Form>
  );
}
