import { useTranslations } from 'next-intl';
import type { ProofResult } from '@/lib/proofs/result-queries';
import { Callout } from '../ui/callout';
import { Section } from '../ui/section';

/** Who voted and how, whether they agree, and whether they could tell the models apart. */
export function Voters({ result }: { result: ProofResult }) {
  const t = useTranslations('proofs.voters');
  const tArm = useTranslations('proofs.arm');
  const { votes, voters, shares, pair, agreement, guessing } = result;
  if (votes === 0) return null;
  const right = Math.round((guessing.share ?? 0) * guessing.guesses);
  return (
    <Section title={t('title')}>
      <div className="flex max-w-reading flex-col gap-1 text-14">
        <p>{t('votes', { votes, voters })}</p>
        <p>
          {t('shares', {
            better: shares.win,
            worse: shares.loss,
            equal: shares.tie,
            bothBad: shares.both_bad,
            candidate: pair.candidate,
            name: tArm(pair.candidate),
          })}
        </p>
        <p>
          {agreement.pairs === 0
            ? t('noPairs')
            : t('agreement', {
                same: Math.round((agreement.share ?? 0) * agreement.pairs),
                pairs: agreement.pairs,
              })}
        </p>
        {guessing.guesses > 0 ? <p>{t('guesses', { right, of: guessing.guesses })}</p> : null}
      </div>
      {guessing.gaveItAway ? (
        <Callout kind="warning" title={t('gaveItAway')}>
          {t('gaveItAwayText')}
        </Callout>
      ) : null}
    </Section>
  );
}
