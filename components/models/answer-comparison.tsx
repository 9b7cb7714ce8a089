import { useTranslations } from 'next-intl';
import type { HeldOutAnswer } from '@/lib/models/model-queries';
import { VisibleText } from '../ui/visible-text';
import { MarkAnswer } from '../wrong-answers/mark-answer';

type Props = { workspace: string; modelId: string; answer: HeldOutAnswer };

/** One held-out prompt: ideal reply, base and tuned answer side by side, as plain text. */
export function AnswerComparison({ workspace, modelId, answer }: Props) {
  const t = useTranslations('models.answers');
  return (
    <article className="flex flex-col gap-3 border-b pb-6">
      <h3 className="flex flex-wrap gap-3 text-13 text-ink-3">
        <span>{t('number', { number: answer.number })}</span>
        {answer.topic ? <span>{answer.topic}</span> : null}
      </h3>
      <Text label={t('prompt')} text={answer.prompt} />
      <div className="grid gap-4 md:grid-cols-3">
        <Text label={t('reply')} text={answer.reply} />
        <Text
          label={t('base')}
          text={answer.base}
          note={[t('breaks', { count: answer.baseBreaks }), answer.baseCutOff ? t('cutOff') : null]}
        />
        <Text
          label={t('tuned')}
          text={answer.tuned}
          note={[
            t('breaks', { count: answer.tunedBreaks }),
            answer.tunedCutOff ? t('cutOff') : null,
          ]}
        />
      </div>
      {answer.canBeMarked ? (
        <MarkAnswer
          workspace={workspace}
          answer={{ modelId, exampleId: answer.exampleId }}
          isMarked={answer.isMarked}
        />
      ) : null}
    </article>
  );
}

function Text({
  label,
  text,
  note = [],
}: {
  label: string;
  text: string;
  note?: (string | null)[];
}) {
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h4 className="text-12 text-ink-3">{label}</h4>
      <p dir="auto" className="max-w-prose whitespace-pre-wrap break-words text-14">
        <VisibleText text={text} />
      </p>
      <p className="text-12 text-ink-3">{note.filter(Boolean).join(' · ')}</p>
    </div>
  );
}
