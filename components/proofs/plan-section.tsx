import { useTranslations } from 'next-intl';
import type { Power } from '@/lib/proofs/power-queries';
import type { PlanView } from '@/lib/proofs/proof-queries';
import { isVoted } from '@/lib/proofs/proof-schema';
import type { PlanVoters } from '@/lib/proofs/voter-queries';
import { Callout } from '../ui/callout';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { PlanForm } from './plan-form';
import { PowerNote } from './power-note';

/** `isBeforeRun` is absent before there is a run. */
type PlanInForceView = PlanView & { isBeforeRun?: boolean };

type Props = {
  workspace: string;
  releaseId: string;
  plan: PlanInForceView | null;
  /** A comparison of two others than the tuned model. */
  pairPlan: PlanInForceView | null;
  power: Power;
  voters: PlanVoters;
  hasFields: boolean;
  canPlan: boolean;
  /** This person may still vote on an open proof of it. */
  isBlind?: boolean;
};

/** What will count as good enough: written down once, or the form to do so. */
export function PlanSection(props: Props) {
  const { workspace, releaseId, plan, pairPlan, power, voters, hasFields, canPlan, isBlind } =
    props;
  const t = useTranslations('proofs.plan');
  const form = <PlanForm {...{ workspace, releaseId, hasFields, voters }} />;
  return (
    <Section title={t('title')} description={t('description')}>
      {plan ? <PlanInForce {...{ plan, isBlind }} isBeforeRun={plan.isBeforeRun} /> : null}
      <PowerNote power={power} />
      {pairPlan ? (
        <PlanInForce plan={pairPlan} isBlind={isBlind} isBeforeRun={pairPlan.isBeforeRun} />
      ) : null}
      {!canPlan ? (
        plan ? null : (
          <Callout>{t('adminOnly')}</Callout>
        )
      ) : plan ? (
        <details>
          <summary className="w-fit rounded-control py-1 text-14 text-ink-2">{t('change')}</summary>
          <p className="max-w-reading py-2 text-13 text-ink-2">{t('changeNote')}</p>
          {form}
        </details>
      ) : (
        form
      )}
    </Section>
  );
}

const HASH_SHOWN = 12;

/** A sealed plan in words, with the beginning of its hash. */
export function PlanInForce({
  plan,
  isBeforeRun,
  isBlind = false,
}: {
  plan: PlanView;
  isBeforeRun?: boolean | undefined;
  /** Whoever may still vote is not told which two they see. */
  isBlind?: boolean | undefined;
}) {
  const t = useTranslations('proofs.plan');
  const tArm = useTranslations('proofs.arm');
  const { measure, barOf100: bar, marginOf100: margin, votesPerPrompt: votes } = plan;
  const { candidate, opponent } = plan;
  return (
    <div className="flex max-w-reading flex-col gap-1">
      <p className="text-16">
        {t(`inForce.${measure}`, { bar, votes })}
        {margin > 0 ? ` ${t('marginText', { margin })}` : null}
        {opponent && isVoted(measure) && !isBlind
          ? ` ${t('pair', { candidate: tArm(candidate), opponent: tArm(opponent) })}`
          : null}
      </p>
      <p className="text-13 text-ink-3">
        {t.rich('sealedAt', {
          when: () => <RelativeTime value={plan.createdAt} />,
          hash: () => (
            <code title={plan.commitment} className="font-mono text-12">
              {plan.commitment.slice(0, HASH_SHOWN)}
            </code>
          ),
        })}
        {isBeforeRun === undefined ? null : ` · ${t(isBeforeRun ? 'beforeRun' : 'afterRun')}`}
      </p>
    </div>
  );
}
