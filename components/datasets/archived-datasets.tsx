'use client';

import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { DatasetListItem } from '@/lib/datasets/dataset-queries';
import { Button } from '../ui/button';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { useArchive } from './use-archive';

export interface ArchivedDatasetsProps {
  workspace: string;
  datasets: DatasetListItem[];
  canRestore: boolean;
}

/** The datasets that were put away, with the way back for those who may. */
export function ArchivedDatasets({ workspace, datasets, canRestore }: ArchivedDatasetsProps) {
  const t = useTranslations('datasets');
  const format = useFormatter();
  return (
    <Table label={t('archive.label')}>
      <TableHead>
        <TableHeader>{t('list.name')}</TableHeader>
        <TableHeader align="end">{t('list.examples')}</TableHeader>
        <TableHeader>{t('archive.since')}</TableHeader>
        {canRestore ? (
          <TableHeader align="end">
            <span className="sr-only">{t('settings.restore')}</span>
          </TableHeader>
        ) : null}
      </TableHead>
      <TableBody>
        {datasets.map((dataset) => (
          <TableRow key={dataset.id}>
            <TableCell header>
              <Link
                href={`/w/${workspace}/datasets/${dataset.id}/examples`}
                className="rounded-[4px] font-medium hover:underline"
              >
                {dataset.name}
              </Link>
            </TableCell>
            <TableCell align="end">{format.number(dataset.examples)}</TableCell>
            <TableCell>
              {dataset.archivedAt
                ? format.dateTime(dataset.archivedAt, { dateStyle: 'long' })
                : null}
            </TableCell>
            {canRestore ? (
              <TableCell align="end">
                <RestoreButton workspace={workspace} dataset={dataset} />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function RestoreButton({ workspace, dataset }: { workspace: string; dataset: DatasetListItem }) {
  const t = useTranslations('datasets');
  const archive = useArchive(workspace);
  const [isPending, setPending] = useState(false);
  const restore = async () => {
    setPending(true);
    try {
      await archive(dataset, false);
    } finally {
      setPending(false);
    }
  };
  return (
    <Button
      size="small"
      pending={isPending}
      aria-label={t('archive.restoreLabel', { name: dataset.name })}
      onClick={() => void restore()}
    >
      {t('settings.restore')}
    </Button>
  );
}
