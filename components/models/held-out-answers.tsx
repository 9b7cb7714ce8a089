'use client';

import { Eye } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Section } from '@/components/ui/section';
import { Tabs } from '@/components/ui/tabs';
import { useToast } from '@/components/ui/toast';
import type { HeldOutAnswer } from '@/lib/models/model-queries';
import type { Evaluation } from '@/lib/models/model-schema';
import { openModelAnswersAction } from '@/lib/proofs/proof-actions';
import { AnswerComparison } from './answer-comparison';

type Props = {
  workspace: string;
  modelId: string;
  evaluation: Evaluation;
  /** This person may still vote on these examples; opening the answers ends that. */
  mayVote: boolean;
  /** Prompts that nobody but this person is left to vote on. */
  lastVotes: number;
};

/** Both models' answers beside the ideal reply; opening them is recorded, and said before. */
export function HeldOutAnswers({ workspace, modelId, evaluation, mayVote, lastVotes }: Props) {
  const t = useTranslations('models');
  const tLabels = useTranslations('proofs.labels');
  const tReach = useTranslations('proofs.reach');
  const [isOpen, setOpen] = useState(false);
  return (
    <Section
      title={t('answers.title')}
      description={t('answers.description', { limit: evaluation.settings.maxNewTokens })}
    >
      {evaluation.failedRows > 0 ? (
        <Callout kind="warning">{t('answers.failed', { count: evaluation.failedRows })}</Callout>
      ) : null}
      {isOpen ? (
        <Tabs
          label={t('answers.title')}
          items={(['fresh', 'known'] as const).map((group) => ({
            value: group,
            label: `${t(`group.${group}`)} (${evaluation[group].rows})`,
            content: (
              <AnswerList
                workspace={workspace}
                modelId={modelId}
                group={group}
                total={evaluation[group].rows}
                mayVote={mayVote}
              />
            ),
          }))}
        />
      ) : (
        <Callout
          kind={mayVote ? 'warning' : 'info'}
          action={
            <Button icon={<Eye aria-hidden="true" />} onClick={() => setOpen(true)}>
              {mayVote ? tLabels('voter') : t('answers.open')}
            </Button>
          }
        >
          {mayVote ? `${tLabels('warning')} ` : null}
          {lastVotes > 0 ? `${tReach('last', { count: lastVotes })} ` : null}
          {t('answers.warning')}
        </Callout>
      )}
    </Section>
  );
}

function AnswerList({
  workspace,
  modelId,
  group,
  total,
  mayVote,
}: Omit<Props, 'evaluation' | 'lastVotes'> & { group: 'fresh' | 'known'; total: number }) {
  const t = useTranslations('models');
  const toast = useToast();
  const [answers, setAnswers] = useState<HeldOutAnswer[] | null>(null);
  const [isPending, startTransition] = useTransition();
  const load = () =>
    startTransition(async () => {
      const from = answers?.length ?? 0;
      const result = await openModelAnswersAction({
        workspace,
        modelId,
        known: group === 'known',
        from,
        endVoting: mayVote,
      });
      if (result.ok) setAnswers([...(answers ?? []), ...result.data]);
      else toast.show({ title: result.error.message, tone: 'negative' });
    });
  if (total === 0) return <p className="py-4 text-ink-3">{t('answers.empty')}</p>;
  return (
    <div className="flex flex-col gap-6 py-4">
      {(answers ?? []).map((answer) => (
        <AnswerComparison
          key={answer.exampleId}
          workspace={workspace}
          modelId={modelId}
          answer={answer}
        />
      ))}
      {(answers?.length ?? 0) < total ? (
        <div>
          <Button pending={isPending} onClick={load}>
            {answers ? t('answers.more') : t('answers.open')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
