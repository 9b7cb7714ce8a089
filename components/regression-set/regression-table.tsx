import Link from 'next/link';
import { useTranslations } from 'next-intl';
import {
  type KindComparison,
  type OutcomeCounts,
  possibleBad,
  type ShownAnswers,
} from '@/lib/regression-set/comparison-rules';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';

export interface RegressionTableProps {
  /** Address of the lists. */
  base: string;
  kinds: KindComparison[];
}

/** Counts of base and tuned model by kind; what moved leads to its items. */
export function RegressionTable({ base, kinds }: RegressionTableProps) {
  const t = useTranslations('regression');
  return (
    <Table label={t('table.label')} className="max-w-4xl">
      <TableHead>
        <TableHeader>{t('table.kind')}</TableHeader>
        <TableHeader>{t('table.tuned')}</TableHeader>
        <TableHeader>{t('table.base')}</TableHeader>
        <TableHeader align="end">{t('table.worse')}</TableHeader>
        <TableHeader align="end">{t('table.better')}</TableHeader>
        <TableHeader align="end">{t('table.unclear')}</TableHeader>
      </TableHead>
      <TableBody>
        {kinds.map((one) => (
          <TableRow key={one.kind}>
            <TableCell header className="min-w-36 align-top">
              <Link
                className="text-accent-ink hover:underline"
                href={`${base}?kind=${one.kind}&show=all`}
              >
                {t(`kinds.${one.kind}`)}
              </Link>
            </TableCell>
            <TableCell className="min-w-40 align-top">
              <Counts counts={one.tuned} />
            </TableCell>
            <TableCell className="min-w-40 align-top">
              <Counts counts={one.base} />
            </TableCell>
            <ListCell base={base} kind={one.kind} show="worse" count={one.worse.length} />
            <ListCell base={base} kind={one.kind} show="better" count={one.better.length} />
            <ListCell base={base} kind={one.kind} show="unclear" count={one.open.length} />
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Counts({ counts }: { counts: OutcomeCounts }) {
  const t = useTranslations('regression.table');
  const { pass, fail: bad } = counts;
  const total = pass + bad;
  const possible = possibleBad(counts);
  if (!possible) return t('nothing');
  const values = { bad, total, count: possible.count };
  return (
    <>
      {t('passed', { pass, total })}
      <span className="block text-12 text-ink-3">
        {possible.kind === 'one_in' ? t('oneIn', values) : t('of100', values)}
      </span>
    </>
  );
}

interface ListCellProps {
  base: string;
  kind: KindComparison['kind'];
  show: Extract<ShownAnswers, 'worse' | 'better' | 'unclear'>;
  count: number;
}

function ListCell({ base, kind, show, count }: ListCellProps) {
  const t = useTranslations('regression');
  return (
    <TableCell align="end" className="align-top">
      {count === 0 ? (
        0
      ) : (
        <Link
          className="inline-block min-w-6 text-accent-ink hover:underline"
          href={`${base}?kind=${kind}&show=${show}`}
          aria-label={t('table.open', {
            count,
            kind: t(`kinds.${kind}`),
            list: t(`list.shows.${show}`),
          })}
        >
          {count}
        </Link>
      )}
    </TableCell>
  );
}
