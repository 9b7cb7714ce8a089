'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { LinePlace } from '@/lib/lineage/line-queries';
import { findLineAction } from '@/lib/lineage/lineage-actions';
import { formValues, useSubmit } from '../accounts/use-submit';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form } from '../ui/form';
import { Textarea } from '../ui/textarea';

/** From a line of a training file to its people. */
export function FindLine({ workspace }: { workspace: string }) {
  const t = useTranslations('lineage.line');
  const [places, setPlaces] = useState<LinePlace[] | null>(null);
  const { submit, pending, fieldErrors, formError } = useSubmit(findLineAction, setPlaces);
  return (
    <div className="flex flex-col gap-4">
      <Form
        className="flex max-w-2xl flex-col items-start gap-3"
        formError={formError}
        onSubmit={(form) => {
          void submit({ workspace, ...formValues(form, 'line') });
        }}
      >
        <Field name="line" label={t('field')} error={fieldErrors.line} className="w-full">
          <Textarea name="line" rows={3} className="font-mono text-13" spellCheck={false} />
        </Field>
        <Button type="submit" pending={pending}>
          {t('search')}
        </Button>
      </Form>
      <div role="status">
        {places?.length === 0 ? <p className="text-14 text-ink-2">{t('none')}</p> : null}
      </div>
      {places && places.length > 0 ? (
        <ul aria-label={t('found')} className="flex flex-col gap-4">
          {places.map((place) => (
            <li key={`${place.releaseNumber}-${place.format}-${place.split}-${place.line}`}>
              <Place workspace={workspace} place={place} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function Place({ workspace, place }: { workspace: string; place: LinePlace }) {
  const t = useTranslations('lineage.line');
  const format = useFormatter();
  const base = `/w/${workspace}/datasets/${place.datasetId}`;
  const link = 'text-accent-ink hover:underline';
  const moment = (iso: string) => format.dateTime(new Date(iso), 'moment');
  const facts: [string, React.ReactNode][] = [
    [
      t('example'),
      place.isPresent ? (
        <Link key="example" className={link} href={`${base}/examples?open=${place.exampleNumber}`}>
          {t('exampleNumber', { number: place.exampleNumber, ordinal: place.ordinal })}
        </Link>
      ) : (
        t('exampleGone', { number: place.exampleNumber })
      ),
    ],
    [t('author'), format.list([place.author ?? t('somebody'), place.coAuthor ?? []].flat())],
    [t('reviewer'), place.reviewer ?? t('somebody')],
    [t('approvedAt'), moment(place.reviewedAt)],
    [
      t('brief'),
      <Link key="brief" className={link} href={`${base}/brief/versions/${place.briefVersion}`}>
        {t('briefVersion', { version: place.briefVersion })}
      </Link>,
    ],
    [t('briefBy'), place.briefApprover ?? t('somebody')],
    [t('frozen'), moment(place.frozenAt)],
  ];
  return (
    <>
      <Link
        className={`${link} text-14 font-medium`}
        href={`${base}/releases/${place.releaseNumber}`}
      >
        {t('where', {
          number: place.releaseNumber,
          dataset: place.dataset,
          format: place.format,
          line: place.line,
        })}
      </Link>
      <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-13">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
