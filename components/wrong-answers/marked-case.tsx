'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { MarkedAnswer } from '@/lib/wrong-answers/wrong-answer-queries';
import type { AnswerRef } from '@/lib/wrong-answers/wrong-answer-schema';
import { RelativeTime } from '../ui/relative-time';
import { Section } from '../ui/section';
import { AnswerText } from './answer-text';
import { TakeMarkBack } from './take-mark-back';

type Props = { workspace: string; answer: AnswerRef; marked: MarkedAnswer };

/** The marked case: what was asked, what was wanted, what the model said, and what is wrong with it. */
export function MarkedCase({ workspace, answer, marked }: Props) {
  const t = useTranslations('wrongAnswers.case');
  const router = useRouter();
  const { mark, again } = marked;
  return (
    <Section
      title={t('title')}
      actions={
        <TakeMarkBack
          workspace={workspace}
          answer={answer}
          size="medium"
          onTakenBack={() => router.push(`/w/${workspace}/models/${answer.modelId}`)}
        />
      }
    >
      <AnswerText label={t('prompt')} text={marked.prompt} />
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <AnswerText label={t('reply')} text={marked.reply} />
        <AnswerText
          label={t('answer')}
          text={marked.answer}
          note={marked.cutOff ? t('cutOff') : null}
        />
      </div>
      <AnswerText label={t('note')} text={mark.note ?? t('noNote')} />
      <p className="text-13 text-ink-3">
        {t('by', { name: mark.markedBy })} · <RelativeTime value={mark.markedAt} />
      </p>
      {again.length > 0 ? (
        <ul className="flex flex-col gap-1 text-13 text-ink-2">
          {again.map(({ modelId, modelName, outcome }) => (
            <li key={modelId}>{t('again', { model: modelName, outcome })}</li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}
