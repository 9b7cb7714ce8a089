'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { findPersonAction } from '@/lib/lineage/lineage-actions';
import type { PersonFound } from '@/lib/lineage/person-queries';
import { formValues, useSubmit } from '../accounts/use-submit';
import { JobProgress } from '../jobs/job-progress';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { ErasePerson } from './erase-person';
import { PersonPlaces } from './person-places';

type Erasing = { jobId: string; isDone: boolean };

/** Looks for a person, shows everything that holds them, and erases it when asked to. */
export function FindPerson({ workspace }: { workspace: string }) {
  const t = useTranslations('lineage');
  const [text, setText] = useState('');
  const [found, setFound] = useState<PersonFound | null>(null);
  const [erasing, setErasing] = useState<Erasing | null>(null);
  const { submit, pending, fieldErrors, formError } = useSubmit(findPersonAction, (result) => {
    setFound(result);
    setErasing(null);
  });
  const isNothing = found !== null && Object.values(found.counts).every((count) => count === 0);
  return (
    <div className="flex flex-col gap-4">
      <Form
        className="flex max-w-2xl flex-col items-start gap-3"
        formError={formError}
        onSubmit={(form) => {
          const values = formValues(form, 'text');
          setText(values.text);
          void submit({ workspace, ...values });
        }}
      >
        <Field
          name="text"
          label={t('person.field')}
          hint={t('person.hint')}
          error={fieldErrors.text}
          className="w-full"
        >
          <Input name="text" autoComplete="off" maxLength={200} />
        </Field>
        <Button type="submit" pending={pending}>
          {t('person.search')}
        </Button>
      </Form>
      <div role="status">
        {isNothing ? <p className="text-14 text-ink-2">{t('person.none')}</p> : null}
        {erasing?.isDone ? <Callout kind="success">{t('confirm.done')}</Callout> : null}
      </div>
      {erasing && !erasing.isDone ? (
        <div className="max-w-form">
          <JobProgress
            workspace={workspace}
            jobId={erasing.jobId}
            canCancel={false}
            onEnd={(job) => {
              setErasing({ jobId: erasing.jobId, isDone: job.state === 'done' });
              setFound(null);
            }}
          />
        </div>
      ) : null}
      {found && !isNothing && !erasing ? (
        <>
          <PersonPlaces workspace={workspace} found={found} />
          <ErasePerson
            workspace={workspace}
            text={text}
            counts={found.counts}
            onStarted={(jobId) => setErasing({ jobId, isDone: false })}
          />
        </>
      ) : null}
    </div>
  );
}
