import { useTranslations } from 'next-intl';
import type { Ledger } from '@/lib/proofs/ledger-queries';
import { isPlanBeforeRun } from '@/lib/proofs/plan-time';
import type { ProofView } from '@/lib/proofs/proof-queries';
import { isVoted, type OpponentArm } from '@/lib/proofs/proof-schema';
import type { ProofResult as Result } from '@/lib/proofs/result-queries';
import { Section } from '../ui/section';
import { ErasedNote } from './erased-note';
import { ExpertView } from './expert-view';
import { LabelsGate } from './labels-gate';
import { LedgerTable } from './ledger-table';
import { MeasureTable } from './measure-table';
import { PlanInForce } from './plan-section';
import { VerdictPart } from './verdict-part';
import { Voters } from './voters';
import { ReachNote } from './voters-note';

type Props = {
  workspace: string;
  proof: ProofView;
  opponent: OpponentArm;
  result: Result;
  /** Prompts that nobody is left to vote on. */
  stuck: number;
  /** Prompts of the votes that looking would end that nobody but this person is left to vote on. */
  lastVotes: number;
  ledger: Ledger;
};

/** The verdicts first, then what explains them, then what was counted. */
export function ProofResult(props: Props) {
  const { workspace, proof, opponent, result, stuck, lastVotes, ledger } = props;
  const t = useTranslations('proofs');
  const base = `/w/${workspace}/proofs/${proof.id}`;
  return (
    <>
      <ReachNote workspace={workspace} stuck={stuck} />
      <ErasedNote count={result.erased} />
      {result.parts.map((part) => (
        <VerdictPart
          key={part.part}
          base={base}
          part={part}
          plan={proof.plan}
          opponent={opponent}
        />
      ))}
      <Voters result={result} />
      <Section title={t('plan.title')}>
        <PlanInForce
          plan={proof.plan}
          isBeforeRun={isPlanBeforeRun(proof.plan.createdAt, proof.model.run.startedAt)}
        />
        {result.drawn ? (
          <p className="max-w-reading text-14 text-ink-2">{t('drawn.asked', result.drawn)}</p>
        ) : null}
        <p className="text-13 text-ink-3">
          {t('power.level', { ordinal: proof.runOrdinal })}{' '}
          {proof.plan.opponent === null || !isVoted(proof.plan.measure)
            ? t('result.opponent', { arm: t(`arm.${opponent}`) })
            : null}
        </p>
      </Section>
      {proof.hasLooked ? (
        result.parts.map((part) => (
          <MeasureTable
            key={part.part}
            base={base}
            part={part}
            pair={result.pair}
            rules={result.rules}
          />
        ))
      ) : (
        <LabelsGate workspace={workspace} proof={proof} lastVotes={lastVotes} />
      )}
      <LedgerTable ledger={ledger} />
      <ExpertView proof={proof} result={result} />
    </>
  );
}
