import { Download } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { LinkButton } from '@/components/ui/button';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { BadRowView } from '@/lib/imports/import-queries';

export interface BadRowsTableProps {
  rows: BadRowView[];
  /** The line after which the next page begins. */
  next: number | null;
  count: number;
  kept: number;
  href: string;
  downloadHref: string;
  isFirstPage: boolean;
}

/** The rows that are left out, each with its line and its reason. */
export async function BadRowsTable(props: BadRowsTableProps) {
  const t = await getTranslations('imports');
  const { rows, next, count, kept, href } = props;
  const description = [
    t('badRows.description'),
    kept < count ? t('badRows.kept', { kept }) : null,
  ].filter(Boolean);
  return (
    <Section
      title={t('badRows.title', { count })}
      description={description.join(' ')}
      actions={
        <LinkButton
          href={props.downloadHref}
          download
          prefetch={false}
          size="small"
          icon={<Download aria-hidden="true" />}
        >
          {t('badRows.download')}
        </LinkButton>
      }
    >
      <Table label={t('badRows.label')}>
        <TableHead>
          <TableHeader align="end">{t('badRows.line')}</TableHeader>
          <TableHeader>{t('badRows.column')}</TableHeader>
          <TableHeader>{t('badRows.reason')}</TableHeader>
          <TableHeader>{t('badRows.excerpt')}</TableHeader>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.line}>
              <TableCell align="end" header>
                {row.line}
              </TableCell>
              <TableCell className="max-w-40">
                <span dir="auto" className="block truncate">
                  {row.column}
                </span>
              </TableCell>
              <TableCell className="min-w-48">{t(`reasons.${row.reason}`)}</TableCell>
              <TableCell className="min-w-64 max-w-lg">
                <span dir="auto" className="line-clamp-2 break-words text-ink-2">
                  {row.excerpt}
                </span>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {next !== null || !props.isFirstPage ? (
        <Pagination
          previous={props.isFirstPage ? undefined : href}
          next={next === null ? undefined : `${href}&after=${next}`}
        />
      ) : null}
    </Section>
  );
}
