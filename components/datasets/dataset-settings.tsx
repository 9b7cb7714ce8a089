'use client';

import { useRouter } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { renameDatasetAction } from '@/lib/datasets/dataset-actions';
import type { DatasetView } from '@/lib/datasets/dataset-queries';
import { MAX_NAME_LENGTH } from '@/lib/datasets/dataset-schema';
import type { ResultError } from '@/lib/result';
import { AlertDialog } from '../ui/alert-dialog';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { Section } from '../ui/section';
import { useToast } from '../ui/toast';
import { TokenDecisions } from './token-decisions';
import { useArchive } from './use-archive';
import { useDatasetErrors } from './use-dataset-error';

export interface DatasetSettingsProps {
  workspace: string;
  dataset: DatasetView;
  /** What an archive takes out of the daily work. */
  examples: number;
}

/** Rename, say whose decisions count, and put away or take back. */
export function DatasetSettings(props: DatasetSettingsProps) {
  return (
    <>
      <RenameForm {...props} />
      <TokenDecisions {...props} />
      {props.dataset.archivedAt ? <RestoreBox {...props} /> : <ArchiveBox {...props} />}
    </>
  );
}

function RenameForm({ workspace, dataset }: DatasetSettingsProps) {
  const t = useTranslations('datasets');
  const router = useRouter();
  const toast = useToast();
  const [name, setName] = useState(dataset.name);
  const [error, setError] = useState<ResultError | null>(null);
  const [isPending, startTransition] = useTransition();
  const errors = useDatasetErrors(error);
  const rename = () =>
    startTransition(async () => {
      const { id, version } = dataset;
      const result = await renameDatasetAction({ workspace, datasetId: id, version, name });
      setError(result.ok ? null : result.error);
      if (result.ok) toast.show({ title: t('settings.renamed') });
      router.refresh();
    });
  return (
    <Section title={t('settings.nameTitle')}>
      <form
        noValidate
        className="flex max-w-form items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <Field
          name="name"
          hideLabel
          label={t('fields.name')}
          error={errors.fields.name ?? errors.form}
          className="flex-1"
        >
          <Input
            value={name}
            maxLength={MAX_NAME_LENGTH}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Button type="submit" pending={isPending} disabled={name.trim() === dataset.name}>
          {t('settings.rename')}
        </Button>
      </form>
    </Section>
  );
}

function ArchiveBox(props: DatasetSettingsProps) {
  const t = useTranslations('datasets.settings');
  const archive = useArchive(props.workspace);
  return (
    <Section title={t('archiveTitle')} description={t('archiveDescription')}>
      <div>
        <AlertDialog
          trigger={<Button variant="danger">{t('archive')}</Button>}
          title={t('archiveConfirmTitle', { name: props.dataset.name })}
          effect={t('archiveEffect', { count: props.examples })}
          confirmLabel={t('archive')}
          onConfirm={() => archive(props.dataset, true)}
        />
      </div>
    </Section>
  );
}

function RestoreBox(props: DatasetSettingsProps) {
  const t = useTranslations('datasets.settings');
  const format = useFormatter();
  const archive = useArchive(props.workspace);
  const { archivedAt } = props.dataset;
  return (
    <Callout
      title={t('restoreTitle')}
      action={<Button onClick={() => void archive(props.dataset, false)}>{t('restore')}</Button>}
    >
      {archivedAt
        ? t('restoreDescription', { date: format.dateTime(archivedAt, { dateStyle: 'long' }) })
        : null}
    </Callout>
  );
}
