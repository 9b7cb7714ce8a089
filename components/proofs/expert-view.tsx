import { useFormatter, useTranslations } from 'next-intl';
import type { ProofView } from '@/lib/proofs/proof-queries';
import type { ProofResult } from '@/lib/proofs/result-queries';
import { ExpertDetails } from '../ui/expert-details';
import { useMeasureName } from './use-measure-name';

/** Bounds, level, losses and hashes: for those who want to check. Folded for everybody else. */
export function ExpertView({ proof, result }: { proof: ProofView; result: ProofResult }) {
  const t = useTranslations('proofs');
  const format = useFormatter();
  const nameOf = useMeasureName(result.rules);
  const number = (value: number | null | undefined) =>
    value === null || value === undefined || !Number.isFinite(value)
      ? '–'
      : format.number(value, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const rows: [string, string][] = [
    [t('expert.level'), number(proof.alpha)],
    ...result.parts.flatMap((part) =>
      part.comparisons.map(({ against, interval, mean }): [string, string] => [
        `${t(`kind.${part.part}`)}: ${t('result.against', { arm: t(`arm.${against}`) })}`,
        `${number(mean)} [${number(interval.lower)}, ${number(interval.upper)}]`,
      ]),
    ),
    ...(proof.hasLooked
      ? result.parts.flatMap((part) =>
          part.tests.map(({ key, difference, pValue }): [string, string] => [
            `${t(`kind.${part.part}`)}: ${nameOf(key)}`,
            difference.tooFew
              ? t('expert.tooFew')
              : t('expert.test', {
                  difference: number(difference.difference),
                  lower: number(difference.lower),
                  upper: number(difference.upper),
                  p: number(pValue),
                }),
          ]),
        )
      : []),
    [t('expert.agreement'), number(result.agreement.alpha)],
    [t('expert.guesses'), number(result.guessing.guesses === 0 ? null : result.guessing.lower)],
    ...result.parts.flatMap(({ part }) =>
      (['base', 'base_examples', 'tuned'] as const).map((arm): [string, string] => [
        t('expert.loss', { kind: t(`kind.${part}`), arm: t(`arm.${arm}`) }),
        number(result.losses[part][arm]),
      ]),
    ),
    [t('expert.commitment'), proof.commitment],
    [t('expert.answersCommitment'), proof.answersCommitment ?? '–'],
    [t('expert.plan'), proof.plan.commitment],
  ];
  return (
    <ExpertDetails title={t('expert.title')}>
      <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)] gap-x-6 gap-y-1 py-2 text-13">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-3">{term}</dt>
            <dd className="tabular break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </ExpertDetails>
  );
}
