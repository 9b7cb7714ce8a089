import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { measuredArms } from '@/lib/proofs/measures/readings';
import type { MeasureRow } from '@/lib/proofs/measures-rules';
import type { VotedPair } from '@/lib/proofs/proof-schema';
import type { ProofResult, ResultPart } from '@/lib/proofs/result-queries';
import { Section } from '../ui/section';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '../ui/table';
import { MeasureDetails } from './measure-details';
import { useMeasureName } from './use-measure-name';

type Props = {
  base: string;
  part: ResultPart;
  pair: VotedPair;
  rules: ProofResult['rules'];
};

/** What was counted without votes, for every arm and the human replies; rows lead to their examples. */
export function MeasureTable({ base, part, pair, rules }: Props) {
  const t = useTranslations('proofs');
  const title = `${t('measures.title')}: ${t(`kind.${part.part}`)}`;
  const nameOf = useMeasureName(rules);
  return (
    <Section
      title={title}
      description={t('measures.description', {
        candidate: pair.candidate,
        name: t(`arm.${pair.candidate}`),
        against: t(`arm.${pair.opponent}`),
      })}
    >
      <Table label={title}>
        <TableHead>
          <TableHeader>{t('measures.measure')}</TableHeader>
          {measuredArms.map((arm) => (
            <TableHeader key={arm} align="end" className="min-w-24 whitespace-normal">
              {t(`arm.${arm}`)}
            </TableHeader>
          ))}
          <TableHeader>{t('measures.changes')}</TableHeader>
        </TableHead>
        <TableBody>
          {part.measures.map((row) => (
            <TableRow key={row.key}>
              <TableCell header className="min-w-40">
                <span data-measure>{nameOf(row.key)}</span>
                <MeasureDetails details={row.details} />
              </TableCell>
              {measuredArms.map((arm) => (
                <TableCell key={arm} align="end">
                  <Count count={row.counts[arm]} couldBe={row.couldBe[arm]} />
                </TableCell>
              ))}
              <TableCell>
                <Changes base={base} row={row} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Section>
  );
}

type CountProps = {
  count: MeasureRow['counts']['tuned'];
  couldBe: MeasureRow['couldBe']['tuned'];
};

/** A count, and how low it could be elsewhere: how high, where none did well. */
function Count({ count, couldBe }: CountProps) {
  const t = useTranslations('proofs.measures');
  return (
    <>
      <span data-count className="whitespace-nowrap">
        {count ? t('count', count) : '–'}
      </span>
      {count && couldBe ? (
        <span className="ms-auto block w-24 text-12 text-balance text-ink-3">
          {count.good > 0 ? t('asLow', couldBe) : t('asHigh', couldBe)}
        </span>
      ) : null}
    </>
  );
}

function Changes({ base, row }: { base: string; row: MeasureRow }) {
  const t = useTranslations('proofs.measures');
  return (
    <span className="flex flex-wrap gap-x-3">
      {(['improved', 'unchanged', 'broken'] as const).map((change) =>
        row[change].length === 0 ? null : (
          <details key={change}>
            <summary className="w-fit whitespace-nowrap">
              {t(`change.${change}`, { count: row[change].length })}
            </summary>
            <span className="flex max-w-56 flex-wrap gap-x-2">
              {row[change].map((position) => (
                <Link
                  key={position}
                  prefetch={false}
                  href={`${base}/examples/${position + 1}`}
                  className="text-accent-ink hover:underline"
                >
                  {position + 1}
                </Link>
              ))}
            </span>
          </details>
        ),
      )}
    </span>
  );
}
