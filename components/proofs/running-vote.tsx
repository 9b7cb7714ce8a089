import { useTranslations } from 'next-intl';
import type { Ledger } from '@/lib/proofs/ledger-queries';
import type { ProofView } from '@/lib/proofs/proof-queries';
import type { VoteProgress } from '@/lib/proofs/result-queries';
import { Progress } from '../ui/progress';
import { Section } from '../ui/section';
import { LabelsGate } from './labels-gate';
import { LedgerTable } from './ledger-table';
import { PlanInForce } from './plan-section';

type Props = {
  workspace: string;
  proof: ProofView;
  progress: VoteProgress;
  ledger: Ledger;
  isPlanBeforeRun: boolean;
};

/** A proof as those see it who may still vote: how far the vote is, and nothing of how it stands. */
export function RunningVote({ workspace, proof, progress, ledger, isPlanBeforeRun }: Props) {
  const t = useTranslations('proofs');
  const { decided, groups, votes, voters } = progress;
  return (
    <>
      <Section title={t('running.title')}>
        <div className="max-w-reading">
          <Progress
            label={t('running.groups', { decided, groups })}
            value={decided}
            max={groups}
            text={t('running.votes', { votes, voters })}
          />
        </div>
      </Section>
      <LabelsGate workspace={workspace} proofId={proof.id} isVoter />
      <Section title={t('plan.title')}>
        <PlanInForce plan={proof.plan} isBeforeRun={isPlanBeforeRun} />
      </Section>
      <LedgerTable ledger={ledger} />
    </>
  );
}
