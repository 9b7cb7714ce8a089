import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { HomeDataset } from '@/lib/workspaces/home-queries';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

const COLUMNS = ['draft', 'inReview', 'sentBack', 'approved'] as const;
const STATUS = {
  draft: 'draft',
  inReview: 'in_review',
  sentBack: 'sent_back',
  approved: 'approved',
};

/** The datasets of the workspace and where their examples stand. */
export function HomeDatasets({
  datasets,
  workspace,
}: {
  datasets: HomeDataset[];
  workspace: string;
}) {
  const t = useTranslations('home.datasets');
  const format = useFormatter();
  return (
    <Table label={t('label')} className="max-w-3xl">
      <TableHead>
        <TableHeader>{t('name')}</TableHeader>
        {COLUMNS.map((column) => (
          <TableHeader key={column} align="end">
            {t(column)}
          </TableHeader>
        ))}
      </TableHead>
      <TableBody>
        {datasets.map((dataset) => {
          const href = `/w/${workspace}/datasets/${dataset.id}/examples`;
          return (
            <TableRow key={dataset.id}>
              <TableCell header>
                <Link href={href} className="rounded-[4px] font-medium hover:underline">
                  {dataset.name}
                </Link>
              </TableCell>
              {COLUMNS.map((column) => (
                <TableCell key={column} align="end">
                  <Link
                    href={`${href}?status=${STATUS[column]}`}
                    className="hit-area rounded-[4px] hover:underline"
                  >
                    {format.number(dataset[column])}
                  </Link>
                </TableCell>
              ))}
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
