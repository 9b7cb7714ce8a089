import { useTranslations } from 'next-intl';
import type { Ledger } from '@/lib/proofs/ledger-queries';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

/** Every look at the held-out examples: a set that is looked at often proves less, so what was seen retires. */
export function LedgerTable({ ledger: { looks, retirements } }: { ledger: Ledger }) {
  const t = useTranslations('proofs.ledger');
  return (
    <Section title={t('title')} description={t('description')}>
      {retirements.length > 0 ? (
        <ul className="text-13 text-ink-2">
          {retirements.map(({ releaseNumber, retired, fresh }) => (
            <li key={releaseNumber}>{t('retired', { retired, fresh, release: releaseNumber })}</li>
          ))}
        </ul>
      ) : null}
      <Table label={t('title')} className="max-w-3xl">
        <TableHead>
          <TableHeader>{t('when')}</TableHeader>
          <TableHeader>{t('what')}</TableHeader>
          <TableHeader>{t('run')}</TableHeader>
          <TableHeader>{t('person')}</TableHeader>
        </TableHead>
        <TableBody>
          {looks.map((entry) => (
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
