import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { findRuns } from '@/lib/training/run-queries';
import { RunStateDot } from './run-state-dot';

type Run = Awaited<ReturnType<typeof findRuns>>[number];

/** Trainings, newest first. */
export function RunTable({ workspace, runs }: { workspace: string; runs: Run[] }) {
  const t = useTranslations('training');
  const link = 'text-accent-ink hover:underline';
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('columns.run')}</TableHeader>
        <TableHeader>{t('columns.state')}</TableHeader>
        <TableHeader>{t('columns.release')}</TableHeader>
        <TableHeader>{t('columns.progress')}</TableHeader>
        <TableHeader>{t('columns.model')}</TableHeader>
        <TableHeader>{t('columns.started')}</TableHeader>
      </TableHead>
      <TableBody>
        {runs.map((run) => (
          <TableRow key={run.id}>
            <TableCell header>
              <Link className={`font-medium ${link}`} href={`/w/${workspace}/runs/${run.id}`}>
                {t('name', { number: run.number })}
              </Link>
            </TableCell>
            <TableCell>
              <RunStateDot state={run.state} />
            </TableCell>
            <TableCell>{t('release', { number: run.release.number })}</TableCell>
            <TableCell>
              {run.totalSteps
                ? t('run.stepValue', { step: run.step, total: run.totalSteps })
                : null}
            </TableCell>
            <TableCell>
              {run.model ? (
                <Link className={link} href={`/w/${workspace}/models/${run.model.id}`}>
                  {run.model.name}
                </Link>
              ) : null}
            </TableCell>
            <TableCell>
              <RelativeTime value={run.startedAt ?? run.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
