import { useTranslations } from 'next-intl';
import type { PlanView } from '@/lib/proofs/proof-queries';
import { isVoted, type OpponentArm } from '@/lib/proofs/proof-schema';
import type { ResultPart } from '@/lib/proofs/result-queries';
import { naturalFrequency } from '@/lib/proofs/statistics/frequencies';
import { GroupSquares } from './group-squares';
import { IntervalBar } from './interval-bar';

type Props = { base: string; part: ResultPart; plan: PlanView; opponent: OpponentArm };

/** One verdict as a sentence, what it rests on, and the pictures that explain it. */
export function VerdictPart({ base, part, plan, opponent }: Props) {
  const t = useTranslations('proofs');
  return (
    <section aria-label={t(`kind.${part.part}`)} className="flex flex-col gap-4">
      <div className="flex max-w-3xl flex-col gap-2">
        <p className="text-13 font-medium text-ink-3">
          {t(`kind.${part.part}`)} ·{' '}
          {t('result.groups', { counted: part.scores.length, groups: part.groups })}
        </p>
        <h2 className="text-28 font-semibold text-balance">{sentence(t, part)}</h2>
        <Support part={part} plan={plan} opponent={opponent} />
        <Advice part={part} plan={plan} opponent={opponent} />
      </div>
      <GroupSquares base={base} squares={part.squares} />
      <Bars part={part} plan={plan} />
      {part.failed > 0 ? (
        <p className="text-13 text-ink-3">{t('result.failed', { count: part.failed })}</p>
      ) : null}
    </section>
  );
}

type T = ReturnType<typeof useTranslations<'proofs'>>;

/** What to try next; of two others, how they do. */
function Advice({ part: { verdict }, plan, opponent }: Omit<Props, 'base'>) {
  const t = useTranslations('proofs');
  if (verdict.verdict === 'cannot_be_proven' && verdict.reason === 'without_tuned') {
    const names = { name: t(`arm.${plan.candidate}`), against: t(`arm.${opponent}`) };
    const votes = verdict.aboutMoreVotes ?? 0;
    return (
      <p className="text-14 text-ink-2">
        {t(`result.pair.${verdict.stand}`, { ...names, votes })} {t('result.pair.tuned')}
      </p>
    );
  }
  return <p className="text-14 text-ink-2">{t(`result.try.${advice(verdict)}`)}</p>;
}

function advice(verdict: ResultPart['verdict']) {
  if (verdict.verdict === 'not_proven' && verdict.closedWith !== null) return 'not_proven_closed';
  const isOneOpponent = verdict.verdict === 'cannot_be_proven' && verdict.reason === 'one_opponent';
  return isOneOpponent ? 'cannot_one_opponent' : verdict.verdict;
}

function sentence(t: T, { verdict }: ResultPart): string {
  if (verdict.verdict === 'not_proven' && verdict.closedWith !== null)
    return t('verdict.not_proven_closed', { count: verdict.closedWith });
  if (verdict.verdict === 'not_proven' && verdict.aboutMoreVotes !== null)
    return t('verdict.not_proven_votes', { count: verdict.aboutMoreVotes });
  if (verdict.verdict === 'cannot_be_proven') return t(`verdict.cannot_${verdict.reason}`);
  return t(`verdict.${verdict.verdict}`);
}

/**
 * In natural frequencies: what was seen, and what to expect elsewhere. The unit is the group; where
 * groups have several rows the sentence says so, since the table below it counts rows.
 */
function Support({ part, plan, opponent }: Omit<Props, 'base'>) {
  const t = useTranslations('proofs.result');
  const tArm = useTranslations('proofs.arm');
  const { quality } = part;
  if (quality.mean === null) return null;
  const seen = naturalFrequency(quality.mean * quality.counted, quality.counted, quality);
  const isGrouped = quality.rows > quality.counted;
  const values = {
    count: Math.round(seen.count * 10) / 10,
    of: seen.of,
    against: tArm(opponent),
    candidate: plan.candidate,
    name: tArm(plan.candidate),
  };
  const elsewhere = { atLeast: seen.atLeast, of: seen.of };
  return (
    <p className="text-16">
      {isGrouped
        ? t(`seenGroups.${plan.measure}`, { ...values, rows: quality.rows })
        : t(`seen.${plan.measure}`, values)}{' '}
      {isGrouped ? t('elsewhereGroups', elsewhere) : t('elsewhere', elsewhere)}
    </p>
  );
}

function Bars({ part, plan }: { part: ResultPart; plan: PlanView }) {
  const t = useTranslations('proofs');
  const isVote = isVoted(plan.measure);
  const mark = { at: plan.barOf100 / 100, label: t('result.bar') };
  const inWords = (lower: number, upper: number) =>
    t('result.between', { lower: Math.floor(lower * 100), upper: Math.ceil(upper * 100) });
  if (part.scores.length === 0) return null;
  return (
    <div className="flex flex-col gap-4">
      {part.comparisons.map(({ against, interval, mean }) => (
        <div key={against}>
          <p className="text-13 font-medium">{t('result.against', { arm: t(`arm.${against}`) })}</p>
          <IntervalBar
            label={inWords(interval.lower, interval.upper)}
            {...interval}
            mean={mean}
            middle={0.5}
            mark={isVote ? mark : undefined}
            from={t('result.worse')}
            to={t('result.better')}
          />
        </div>
      ))}
      {isVote ? null : (
        <div>
          <p className="text-13 font-medium">{t(`result.share.${plan.measure}`)}</p>
          <IntervalBar
            label={inWords(part.quality.lower, part.quality.upper)}
            lower={part.quality.lower}
            upper={part.quality.upper}
            mean={part.quality.mean}
            mark={mark}
            from={t('result.none')}
            to={t('result.all')}
          />
        </div>
      )}
    </div>
  );
}
