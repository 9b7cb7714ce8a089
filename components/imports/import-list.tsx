import Link from 'next/link';
import { getFormatter, getTranslations } from 'next-intl/server';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { StatusDot } from '@/components/ui/status-dot';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { Tone } from '@/components/ui/tone';
import type { ImportSummary } from '@/lib/imports/import-queries';
import type { ImportState } from '@/lib/imports/import-schema';

export const importTone: Record<ImportState, Tone> = {
  uploaded: 'neutral',
  checking: 'accent',
  checked: 'caution',
  importing: 'accent',
  imported: 'positive',
  undoing: 'accent',
  undone: 'muted',
  failed: 'negative',
  cancelled: 'muted',
};

/** The imports of a dataset, newest first; each leads to where it stands. */
export async function ImportList({ imports, href }: { imports: ImportSummary[]; href: string }) {
  const t = await getTranslations('imports');
  const format = await getFormatter();
  return (
    <Section title={t('list.title')}>
      {imports.length === 0 ? (
        <p className="text-14 text-ink-3">{t('list.empty')}</p>
      ) : (
        <Table label={t('list.title')}>
          <TableHead>
            <TableHeader>{t('list.file')}</TableHeader>
            <TableHeader>{t('list.state')}</TableHeader>
            <TableHeader align="end">{t('list.rows')}</TableHeader>
            <TableHeader align="end">{t('list.imported')}</TableHeader>
            <TableHeader>{t('list.by')}</TableHeader>
            <TableHeader>{t('list.when')}</TableHeader>
          </TableHead>
          <TableBody>
            {imports.map((row) => (
              <TableRow key={row.id}>
                <TableCell header className="min-w-40 max-w-80">
                  <Link
                    href={`${href}/${row.id}`}
                    dir="auto"
                    className="block truncate font-medium text-accent-ink hover:underline"
                  >
                    {row.fileName}
                  </Link>
                </TableCell>
                <TableCell>
                  <StatusDot tone={importTone[row.state]}>{t(`states.${row.state}`)}</StatusDot>
                </TableCell>
                <TableCell align="end">
                  {row.counts ? format.number(row.counts.rows) : null}
                </TableCell>
                <TableCell align="end">
                  {row.counts && row.state === 'imported' ? format.number(row.counts.fresh) : null}
                </TableCell>
                <TableCell className="max-w-48">
                  <span className="block truncate">{row.createdBy}</span>
                </TableCell>
                <TableCell>
                  <RelativeTime value={row.createdAt} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
