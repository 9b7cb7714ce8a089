import { useTranslations } from 'next-intl';
import type { LedgerEntry } from '@/lib/proofs/ledger-queries';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

/** Every look at the held-out examples: a set that is looked at often proves less. */
export function LedgerTable({ entries }: { entries: LedgerEntry[] }) {
  const t = useTranslations('proofs.ledger');
  return (
    <Section title={t('title')} description={t('description')}>
      <Table label={t('title')} className="max-w-3xl">
        <TableHead>
          <TableHeader>{t('when')}</TableHeader>
          <TableHeader>{t('what')}</TableHeader>
          <TableHeader>{t('run')}</TableHeader>
          <TableHeader>{t('person')}</TableHeader>
        </TableHead>
        <TableBody>
          {entries.map((entry) => (
            <TableRow key={`${entry.at.getTime()}:${entry.kind}:${entry.proofId}:${entry.person}`}>
              <TableCell header>
                <RelativeTime value={entry.at} />
              </TableCell>
              <TableCell>{t(`kinds.${entry.kind}`, { ordinal: entry.runOrdinal ?? 0 })}</TableCell>
              <TableCell>{t('runName', { number: entry.runNumber })}</TableCell>
              <TableCell>{entry.person}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}
