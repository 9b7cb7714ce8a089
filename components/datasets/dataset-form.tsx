'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { createDatasetAction } from '@/lib/datasets/dataset-actions';
import { MAX_NAME_LENGTH } from '@/lib/datasets/dataset-schema';
import type { ResultError } from '@/lib/result';
import { Button, LinkButton } from '../ui/button';
import { Field } from '../ui/field';
import { FormErrorSummary } from '../ui/form-error-summary';
import { Input } from '../ui/input';
import { Textarea } from '../ui/textarea';
import { useDatasetErrors } from './use-dataset-error';

/** Makes a dataset: name, task, system prompt. The rest of the brief comes after. */
export function DatasetForm({ workspace }: { workspace: string }) {
  const t = useTranslations('datasets');
  const router = useRouter();
  const [values, setValues] = useState({ name: '', task: '', systemPrompt: '' });
  const [error, setError] = useState<ResultError | null>(null);
  const [isPending, startTransition] = useTransition();
  const errors = useDatasetErrors(error);

  const field = (name: keyof typeof values) => ({
    value: values[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const { value } = event.currentTarget;
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  const create = () =>
    startTransition(async () => {
      const result = await createDatasetAction({ workspace, ...values });
      if (!result.ok) {
        setError(result.error);
        return;
      }
      router.push(`/w/${workspace}/datasets/${result.data.id}/brief`);
      router.refresh();
    });

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
      className="flex max-w-form flex-col gap-5"
    >
      <FormErrorSummary errors={errors.fields} formError={errors.form} />
      <Field
        name="name"
        label={t('fields.name')}
        hint={t('fields.nameHint')}
        error={errors.fields.name}
      >
        <Input maxLength={MAX_NAME_LENGTH} autoComplete="off" {...field('name')} />
      </Field>
      <Field
        name="task"
        label={t('fields.task')}
        hint={t('fields.taskHint')}
        error={errors.fields.task}
      >
        <Textarea rows={3} className="min-h-20" {...field('task')} />
      </Field>
      <Field
        name="systemPrompt"
        label={t('fields.systemPrompt')}
        hint={t('fields.systemPromptHint')}
        error={errors.fields.systemPrompt}
      >
        <Textarea rows={5} className="min-h-28" {...field('systemPrompt')} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" pending={isPending}>
          {t('new.create')}
        </Button>
        <LinkButton variant="quiet" href={`/w/${workspace}`}>
          {t('new.cancel')}
        </LinkButton>
      </div>
    </form>
  );
}
