import { useTranslations } from 'next-intl';
import type { Ledger } from '@/lib/proofs/ledger-queries';
import { isPlanBeforeRun } from '@/lib/proofs/plan-time';
import type { ProofView } from '@/lib/proofs/proof-queries';
import type { VoteProgress } from '@/lib/proofs/result-queries';
import { Progress } from '../ui/progress';
import { Section } from '../ui/section';
import { LabelsGate } from './labels-gate';
import { LedgerTable } from './ledger-table';
import { PlanInForce } from './plan-section';
import { ReachNote } from './voters-note';

type Props = {
  workspace: string;
  proof: ProofView;
  progress: VoteProgress;
  /** Prompts that nobody is left to vote on. */
  stuck: number;
  /** Prompts of the votes that looking would end that nobody but this person is left to vote on. */
  lastVotes: number;
  ledger: Ledger;
};

/** A proof as those see it who may still vote: how far the vote is, and nothing of how it stands. */
export function RunningVote({ workspace, proof, progress, stuck, lastVotes, ledger }: Props) {
  const t = useTranslations('proofs');
  const { decided, groups, votes, voters } = progress;
  return (
    <>
      <ReachNote workspace={workspace} stuck={stuck} />
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
      <LabelsGate workspace={workspace} proof={proof} lastVotes={lastVotes} />
      <Section title={t('plan.title')}>
        <PlanInForce
          isBlind
          plan={proof.plan}
          isBeforeRun={isPlanBeforeRun(proof.plan.createdAt, proof.model.run.startedAt)}
        />
      </Section>
      <LedgerTable ledger={ledger} />
    </>
  );
}
