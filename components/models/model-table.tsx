import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusDot } from '@/components/ui/status-dot';
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from '@/components/ui/table';
import type { findModels } from '@/lib/models/model-queries';
import { LossValue } from './loss-value';

type Model = Awaited<ReturnType<typeof findModels>>[number];

/** Models with their lineage and the figures that say most. */
export function ModelTable({ workspace, models }: { workspace: string; models: Model[] }) {
  const t = useTranslations('models');
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('columns.model')}</TableHeader>
        <TableHeader>{t('columns.dataset')}</TableHeader>
        <TableHeader>{t('columns.release')}</TableHeader>
        <TableHeader align="end">{t('columns.lossBefore')}</TableHeader>
        <TableHeader align="end">{t('columns.lossAfter')}</TableHeader>
        <TableHeader align="end">{t('columns.keeps')}</TableHeader>
        <TableHeader>{t('columns.created')}</TableHeader>
      </TableHead>
      <TableBody>
        {models.map((model) => (
          <TableRow key={model.id}>
            <TableCell header className="min-w-40">
              <Link
                className="font-medium text-accent-ink hover:underline"
                href={`/w/${workspace}/models/${model.id}`}
              >
                {model.name}
              </Link>
              {model.isInUse ? (
                <span className="block">
                  <StatusDot tone="positive">{t('use.state')}</StatusDot>
                </span>
              ) : null}
            </TableCell>
            <TableCell>{model.run.release.dataset.name}</TableCell>
            <TableCell>{t('release', { number: model.run.release.number })}</TableCell>
            <TableCell align="end">
              <LossValue value={model.evaluation.all.base.loss} />
            </TableCell>
            <TableCell align="end">
              <LossValue value={model.evaluation.all.tuned.loss} />
            </TableCell>
            <TableCell align="end">{t('passed', model.evaluation.all.tuned.pass)}</TableCell>
            <TableCell>
              <RelativeTime value={model.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
