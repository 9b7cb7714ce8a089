'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { findPersonAction } from '@/lib/lineage/lineage-actions';
import type { PersonFound } from '@/lib/lineage/person-queries';
import { formValues, useSubmit } from '../accounts/use-submit';
import type { LiveJob } from '../jobs/use-job';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Input } from '../ui/input';
import { ByHandPlaces, countByHand } from './by-hand-places';
import { ErasePerson } from './erase-person';
import { Erasing } from './erasing';
import { FoundExamples } from './found-examples';
import { PersonPlaces } from './person-places';

type Query = { text: string; partOfWord: boolean; except: string[] };

/** Looks for a person, shows everything that holds them, and erases it when asked to. */
export function FindPerson({ workspace }: { workspace: string }) {
  const t = useTranslations('lineage');
  const router = useRouter();
  const [query, setQuery] = useState<Query>({ text: '', partOfWord: false, except: [] });
  const [found, setFound] = useState<PersonFound | null>(null);
  const [erasing, setErasing] = useState<{ jobId: string; ended: LiveJob | null } | null>(null);
  const { submit, pending, fieldErrors, formError } = useSubmit(findPersonAction, (result) => {
    setFound(result);
    setErasing(null);
  });
  const look = (next: Query) => {
    setQuery(next);
    void submit({ workspace, ...next });
  };
  const isNothing = found !== null && Object.values(found.counts).every((count) => count === 0);
  const isNowhere = isNothing && found.examples.length === 0 && countByHand(found.byHand) === 0;
  const progress = erasing ? (
    <Erasing
      workspace={workspace}
      {...erasing}
      done={t('confirm.done')}
      onEnd={(ended) => {
        setErasing({ jobId: erasing.jobId, ended });
        router.refresh();
      }}
    />
  ) : null;
  return (
    <div className="flex flex-col gap-4">
      <Form
        className="flex max-w-2xl flex-col items-start gap-3"
        formError={formError}
        onSubmit={(form) =>
          look({
            text: formValues(form, 'text').text.trim(),
            partOfWord: formValues(form, 'partOfWord').partOfWord !== '',
            except: [],
          })
        }
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
        <Checkbox
          name="partOfWord"
          value="yes"
          label={t('person.partOfWord')}
          hint={t('person.partOfWordHint')}
        />
        <Button type="submit" pending={pending}>
          {t('person.search')}
        </Button>
      </Form>
      <div role="status">
        {isNowhere ? <p className="text-14 text-ink-2">{t('person.none')}</p> : null}
        {erasing?.ended ? progress : null}
      </div>
      {erasing && !erasing.ended ? progress : null}
      {found && !erasing ? (
        <div className="flex flex-col gap-4 text-13">
          <FoundExamples
            key={found.seen}
            workspace={workspace}
            found={found}
            pending={pending}
            onLookAgain={(except) => look({ ...query, except })}
          />
          <PersonPlaces workspace={workspace} found={found} />
        </div>
      ) : null}
      {found ? <ByHandPlaces workspace={workspace} byHand={found.byHand} /> : null}
      {found && !isNothing && !erasing ? (
        <ErasePerson
          workspace={workspace}
          input={{ ...query, seen: found.seen }}
          counts={found.counts}
          onStarted={(jobId) => setErasing({ jobId, ended: null })}
        />
      ) : null}
    </div>
  );
}
