'use client';

import { useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Section } from '@/components/ui/section';
import { Select } from '@/components/ui/select';
import { changeImportReadingAction } from '@/lib/imports/import-actions';
import {
  type Delimiter,
  delimiters,
  encodings,
  importFormats,
  type Reading,
  type ReadingChange,
} from '@/lib/imports/import-schema';
import { useImportAction } from './use-import-action';

const delimiterName: Record<Delimiter, 'comma' | 'semicolon' | 'tab' | 'pipe'> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'pipe',
};

export interface ReadingFormProps {
  workspace: string;
  importId: string;
  version: number;
  reading: Reading;
}

/** How the file was understood; each change reads its head again. */
export function ReadingForm({ workspace, importId, version, reading }: ReadingFormProps) {
  const t = useTranslations('imports.reading');
  const { isPending, run } = useImportAction();
  const change = (part: ReadingChange) =>
    run(() => changeImportReadingAction({ workspace, importId, version, change: part }));
  const isTable = reading.format === 'csv';
  return (
    <Section title={t('title')} description={t('description')}>
      <div className="grid grid-cols-1 gap-4 min-[480px]:grid-cols-2 lg:grid-cols-4">
        <Field label={t('format')} disabled={isPending}>
          <Select
            value={reading.format}
            disabled={isPending}
            options={importFormats.map((value) => ({ value, label: t(`formats.${value}`) }))}
            onValueChange={(value) => change({ format: value as Reading['format'] })}
          />
        </Field>
        <Field label={t('encoding')} disabled={isPending}>
          <Select
            value={reading.encoding}
            disabled={isPending}
            options={encodings.map((value) => ({ value, label: t(`encodings.${value}`) }))}
            onValueChange={(value) => change({ encoding: value as Reading['encoding'] })}
          />
        </Field>
        {isTable ? (
          <Field label={t('delimiter')} disabled={isPending}>
            <Select
              value={delimiterName[reading.delimiter]}
              disabled={isPending}
              options={delimiters.map((value) => ({
                value: delimiterName[value],
                label: t(`delimiters.${delimiterName[value]}`),
              }))}
              onValueChange={(name) =>
                change({ delimiter: delimiters.find((value) => delimiterName[value] === name) })
              }
            />
          </Field>
        ) : null}
        {isTable ? (
          <Field label={t('header')} disabled={isPending}>
            <Select
              value={reading.header ? 'yes' : 'no'}
              disabled={isPending}
              options={(['yes', 'no'] as const).map((value) => ({
                value,
                label: t(`headers.${value}`),
              }))}
              onValueChange={(value) => change({ header: value === 'yes' })}
            />
          </Field>
        ) : null}
      </div>
      {reading.encoding === 'utf-8' && !reading.isUtf8 ? (
        <Callout kind="warning">{t('notUtf8')}</Callout>
      ) : null}
    </Section>
  );
}
