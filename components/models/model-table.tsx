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

type Model = Awaited<ReturnType<typeof findModels>>[number];

/**
 * Models with their lineage. No held-out figure: whoever chooses between trainings by those has
 * spent them, and what is proven with them afterwards proves less.
 */
export function ModelTable({ workspace, models }: { workspace: string; models: Model[] }) {
  const t = useTranslations('models');
  return (
    <Table label={t('title')}>
      <TableHead>
        <TableHeader>{t('columns.model')}</TableHeader>
        <TableHeader>{t('columns.dataset')}</TableHeader>
        <TableHeader>{t('columns.release')}</TableHeader>
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
            <TableCell>
              <RelativeTime value={model.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
