'use client';

import { Download } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { AlertDialog } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Section } from '@/components/ui/section';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { getRelease } from '@/lib/releases/release-queries';

type Release = Awaited<ReturnType<typeof getRelease>>;
type ExportFile = Release['exports'][number];
type Props = { release: Pick<Release, 'id' | 'exports' | 'withdrawn'>; canDownload: boolean };

const KILOBYTE = 1_000;

/** The rendered files of a release with their manifests; withdrawn approvals are asked about first. */
export function ExportFiles({ release, canDownload }: Props) {
  const t = useTranslations('releases');
  const [asked, setAsked] = useState<string | null>(null);
  const take = (file: ExportFile, part: '' | '/manifest') => {
    const split = file.split === 'training' ? 'train' : file.split;
    const query = new URLSearchParams({ format: file.format, split });
    if (release.withdrawn > 0) query.set('withdrawn', 'accept');
    const address = `/api/releases/${release.id}/export${part}?${query}`;
    if (release.withdrawn > 0) setAsked(address);
    else window.location.assign(address);
  };
  return (
    <Section title={t('detail.exports')} description={t('detail.exportsNote')}>
      <Table label={t('detail.exports')}>
        <TableHead>
          <TableHeader>{t('columns.file')}</TableHeader>
          <TableHeader align="end">{t('columns.rows')}</TableHeader>
          <TableHeader align="end">{t('columns.size')}</TableHeader>
          <TableHeader className="max-sm:hidden">{t('columns.hash')}</TableHeader>
          <TableHeader>{t('detail.download')}</TableHeader>
        </TableHead>
        <TableBody>
          {release.exports.map((file) => (
            <FileRow
              key={`${file.format} ${file.split}`}
              file={file}
              canDownload={canDownload}
              onTake={take}
            />
          ))}
        </TableBody>
      </Table>
      <p className="text-13 text-ink-3">{t('detail.heldOutNote')}</p>
      <AlertDialog
        open={asked !== null}
        onOpenChange={(open) => open || setAsked(null)}
        title={t('detail.acceptTitle')}
        effect={t('detail.acceptText', { count: release.withdrawn })}
        confirmLabel={t('detail.accept')}
        tone="primary"
        onConfirm={() => {
          if (asked) window.location.assign(asked);
        }}
      />
    </Section>
  );
}

function FileRow({
  file,
  canDownload,
  onTake,
}: {
  file: ExportFile;
  canDownload: boolean;
  onTake: (file: ExportFile, part: '' | '/manifest') => void;
}) {
  const t = useTranslations('releases');
  const format = useFormatter();
  const names = { format: file.format, split: t(`split.${file.split}`) };
  const icon = <Download aria-hidden="true" />;
  return (
    <TableRow>
      <TableCell header>
        <span className="font-mono text-13">{file.format}</span> · {names.split}
      </TableCell>
      <TableCell align="end">{file.rows}</TableCell>
      <TableCell align="end" className="whitespace-nowrap">
        {format.number(file.bytes / KILOBYTE, {
          style: 'unit',
          unit: 'kilobyte',
          maximumFractionDigits: 1,
        })}
      </TableCell>
      <TableCell className="max-sm:hidden">
        <span className="inline-flex items-center gap-1 font-mono text-12">
          {file.sha256.slice(0, 12)}…
          <CopyButton text={file.sha256} label={t('columns.hash')} iconOnly variant="quiet" />
        </span>
      </TableCell>
      <TableCell>
        <span className="flex flex-wrap gap-1">
          <Button
            size="small"
            icon={icon}
            disabled={!canDownload}
            aria-label={t('detail.downloadFile', names)}
            onClick={() => onTake(file, '')}
          >
            {t('detail.download')}
          </Button>
          <Button
            size="small"
            variant="quiet"
            disabled={!canDownload}
            aria-label={t('detail.downloadManifest', names)}
            onClick={() => onTake(file, '/manifest')}
          >
            {t('detail.manifest')}
          </Button>
        </span>
      </TableCell>
    </TableRow>
  );
}
