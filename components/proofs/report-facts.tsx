import { useTranslations } from 'next-intl';
import { isPlanBeforeRun } from '@/lib/proofs/plan-time';
import type { ProofView } from '@/lib/proofs/proof-queries';
import { proofSettingsSchema } from '@/lib/proofs/proof-schema';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { PlanInForce } from './plan-section';

const COMMAND = 'npm run verify-proof -- FILE --public-key KEY';

function Hash({ value }: { value: string }) {
  return <code className="font-mono text-12 break-all">{value}</code>;
}

/** What was sealed, what was compared, and how to check it. */
export function ReportFacts({ proof }: { proof: ProofView }) {
  const t = useTranslations('proofs.report');
  const settings = proofSettingsSchema.safeParse(proof.settings);
  const { run } = proof.model;
  const isBeforeRun = isPlanBeforeRun(proof.plan.createdAt, run.startedAt);
  const facts: [string, React.ReactNode][] = [
    [t('facts.model'), proof.model.name],
    [t('facts.dataset'), run.release.dataset.name],
    [t('facts.release'), run.release.number],
    [t('facts.rows'), proof._count.items],
    [
      t('facts.answers'),
      settings.success
        ? t(settings.data.replySchema ? 'facts.answersWithFields' : 'facts.answersValue', {
            limit: settings.data.maxNewTokens,
          })
        : '–',
    ],
    [t('facts.begun'), <RelativeTime key="begun" value={proof.createdAt} />],
    [
      t('facts.closed'),
      proof.closedAt ? <RelativeTime key="closed" value={proof.closedAt} /> : t('stillOpen'),
    ],
    [t('facts.commitment'), <Hash key="proof" value={proof.commitment} />],
    [
      t('facts.answersCommitment'),
      proof.answersCommitment ? <Hash key="answers" value={proof.answersCommitment} /> : '–',
    ],
  ];
  return (
    <>
      <Section title={t('sealed')}>
        <PlanInForce plan={proof.plan} isBeforeRun={isBeforeRun} isBlind={proof.isVoter} />
        <dl className="grid max-w-2xl grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1 text-14">
          {facts.map(([term, value]) => (
            <div key={term} className="contents">
              <dt className="text-ink-3">{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </Section>
      <Section title={t('verify')}>
        <code className="w-fit max-w-full rounded-control bg-sunken px-3 py-2 font-mono text-12 break-all">
          {COMMAND}
        </code>
      </Section>
    </>
  );
}
