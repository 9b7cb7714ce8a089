import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ProofRow } from '@/lib/proofs/proof-queries';
import { RelativeTime } from '../ui/relative-time';
import { StatusDot } from '../ui/status-dot';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { proofTone } from './proof-tone';

/** Proofs with what they measure and where they stand. */
export function ProofTable({ workspace, proofs }: { workspace: string; proofs: ProofRow[] }) {
  const t = useTranslations('proofs');
  return (
    <Table label={t('title')} className="max-w-4xl">
      <TableHead>
        <TableHeader>{t('columns.model')}</TableHeader>
        <TableHeader>{t('columns.dataset')}</TableHeader>
        <TableHeader>{t('columns.measure')}</TableHeader>
        <TableHeader>{t('columns.state')}</TableHeader>
        <TableHeader>{t('columns.begun')}</TableHeader>
      </TableHead>
      <TableBody>
        {proofs.map((proof) => (
          <TableRow key={proof.id}>
            <TableCell header>
              <Link
                className="font-medium text-accent-ink hover:underline"
                href={`/w/${workspace}/proofs/${proof.id}`}
              >
                {t('of', { model: proof.model.name })}
              </Link>
            </TableCell>
            <TableCell>{proof.model.run.release.dataset.name}</TableCell>
            <TableCell>{t(`measure.${proof.plan.measure}`)}</TableCell>
            <TableCell>
              <StatusDot tone={proofTone[proof.state]}>{t(`state.${proof.state}`)}</StatusDot>
            </TableCell>
            <TableCell>
              <RelativeTime value={proof.createdAt} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
