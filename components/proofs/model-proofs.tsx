import { useTranslations } from 'next-intl';
import type { Power } from '@/lib/proofs/power-queries';
import type { ModelProofsView } from '@/lib/proofs/proof-queries';
import type { PlanVoters } from '@/lib/proofs/voter-queries';
import { Section } from '../ui/section';
import { BeginProof } from './begin-proof';
import { PlanSection } from './plan-section';
import { ProofTable } from './proof-table';

type Props = {
  workspace: string;
  modelId: string;
  releaseId: string;
  proofs: ModelProofsView;
  power: Power;
  voters: PlanVoters;
  canBegin: boolean;
  /** This person may still vote on an open proof of the model. */
  mayVote: boolean;
};

/** The proofs of a model, and the way to one: what counts is written down, then it can begin. */
export function ModelProofs({
  workspace,
  modelId,
  releaseId,
  proofs: view,
  power,
  voters,
  canBegin,
  mayVote,
}: Props) {
  const t = useTranslations('proofs.begin');
  const { plan, pairPlan, proofs, hasFields } = view;
  const isOpen = plan !== null && !plan.isUsed;
  return (
    <>
      <Section
        anchor="proof"
        title={t('title')}
        description={t('description')}
        actions={
          canBegin ? (
            <>
              {pairPlan && !pairPlan.isUsed ? (
                <BeginProof {...{ workspace, modelId }} planId={pairPlan.id} label="pair" />
              ) : null}
              {isOpen ? <BeginProof {...{ workspace, modelId }} planId={plan.id} /> : null}
            </>
          ) : null
        }
      >
        {proofs.length > 0 ? <ProofTable workspace={workspace} proofs={proofs} /> : null}
        {isOpen ? (
          <p className="text-13 text-ink-3">{t('cost')}</p>
        ) : plan ? null : (
          <p className="text-14 text-ink-2">{t('needsPlan')}</p>
        )}
      </Section>
      <PlanSection
        workspace={workspace}
        releaseId={releaseId}
        plan={plan}
        pairPlan={pairPlan}
        power={power}
        voters={voters}
        hasFields={hasFields}
        canPlan={canBegin}
        isBlind={mayVote}
      />
    </>
  );
}
