import { useTranslations } from 'next-intl';
import type { TaughtExample } from '@/lib/wrong-answers/taught-queries';
import { STATUS_TONE } from '../examples/status-tone';
import { StatusDot } from '../ui/status-dot';
import { AnswerText } from './answer-text';
import { TaughtActions } from './taught-actions';

type Props = { workspace: string; datasetId: string; example: TaughtExample };

/** A training example as the model was taught it, its state today, and what can be done about it. */
export function TaughtItem({ workspace, datasetId, example }: Props) {
  const t = useTranslations('wrongAnswers.taught');
  const tStatus = useTranslations('examples.status');
  const { today, alike } = example;
  return (
    <li className="flex flex-col gap-3 border-b py-4 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13">
        {today ? (
          <>
            <h3 className="font-medium">{t('number', { number: today.number })}</h3>
            {today.topic ? <span dir="auto">{today.topic}</span> : null}
            <StatusDot tone={STATUS_TONE[today.status]}>{tStatus(today.status)}</StatusDot>
            {today.isChanged ? <span className="text-ink-2">{t('changed')}</span> : null}
          </>
        ) : (
          <h3 className="font-medium">{t('gone')}</h3>
        )}
        <span className="text-ink-3">
          {alike.kind === 'tenths'
            ? t('alike.tenths', { tenths: alike.tenths })
            : t(`alike.${alike.kind}`)}
        </span>
      </div>
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
        <AnswerText clamp label={t('prompt')} text={example.prompt} />
        <AnswerText clamp label={t('reply')} text={example.reply} />
      </div>
      {today ? (
        <TaughtActions
          workspace={workspace}
          datasetId={datasetId}
          exampleId={example.exampleId}
          today={today}
        />
      ) : null}
    </li>
  );
}
