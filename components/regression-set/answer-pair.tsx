import { useFormatter, useTranslations } from 'next-intl';
import { phrasesOf, type RegressionReason } from '@/lib/regression-set/regression-schema';
import type { RegressionRow } from '@/lib/regression-set/result-queries';
import { StatusDot } from '../ui/status-dot';
import type { Tone } from '../ui/tone';
import { VisibleText } from '../ui/visible-text';
import { DecideAnswer } from './decide-answer';

const TONES = { pass: 'positive', fail: 'negative', unclear: 'caution' } as const satisfies Record<
  string,
  Tone
>;

export interface AnswerPairProps {
  workspace: string;
  modelId: string;
  row: RegressionRow;
  canDecide: boolean;
}

/** One item with both answers and how they were judged, as plain text. */
export function AnswerPair({ row, ...rest }: AnswerPairProps) {
  const t = useTranslations('regression.list');
  const format = useFormatter();
  const phrases = phrasesOf(row.item);
  return (
    <article className="flex flex-col gap-3 border-b pb-6">
      <div className="flex min-w-0 flex-col gap-1">
        <h2 className="text-12 font-medium text-ink-3">{t('prompt')}</h2>
        {row.item.messages.map((message, at) => (
          <p
            // biome-ignore lint/suspicious/noArrayIndexKey: the turns of an item never change
            key={at}
            dir="auto"
            translate="no"
            className="max-w-reading rounded-panel bg-sunken px-4 py-3 whitespace-pre-wrap break-words"
          >
            <VisibleText text={message.content} />
          </p>
        ))}
      </div>
      {phrases.length > 0 ? (
        <p className="text-12 text-ink-3">
          {t.rich('phrases', {
            list: () => (
              <span translate="no" className="break-words">
                {format.list(phrases)}
              </span>
            ),
          })}
        </p>
      ) : null}
      <div className="grid gap-4 md:grid-cols-2">
        <JudgedText label={t('tuned')} answer={row.tuned} {...rest} />
        <JudgedText label={t('base')} answer={row.base} {...rest} />
      </div>
    </article>
  );
}

type JudgedTextProps = Omit<AnswerPairProps, 'row'> & {
  label: string;
  answer: RegressionRow['base'];
};

function JudgedText({ label, answer, workspace, modelId, canDecide }: JudgedTextProps) {
  const t = useTranslations('regression.list');
  const { text, outcome, reason, cutOff, erasureId, decided } = answer;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h3 className="text-12 font-medium text-ink-3">{label}</h3>
      {erasureId || outcome === null ? (
        <p className="text-ink-3">{erasureId ? t('erased') : t('noAnswer')}</p>
      ) : (
        <p
          dir="auto"
          translate="no"
          className="max-w-reading whitespace-pre-wrap break-words text-14"
        >
          <VisibleText text={text} />
        </p>
      )}
      <p className="flex flex-wrap items-baseline gap-x-2 text-13 text-ink-3">
        <StatusDot tone={outcome ? TONES[outcome] : 'muted'}>
          {t(`outcome.${outcome ?? 'none'}`)}
        </StatusDot>
        {reason ? <span>{t(`reason.${reason as RegressionReason}`)}</span> : null}
        {cutOff ? <span>{t('cutOff')}</span> : null}
        {decided ? (
          <span>
            {t('decidedBy', { outcome: decided.outcome, name: decided.by ?? t('somebody') })}
          </span>
        ) : null}
      </p>
      {canDecide && answer.canBeDecided ? (
        <DecideAnswer
          workspace={workspace}
          answer={{ modelId, itemId: answer.itemId, arm: answer.arm }}
          label={label}
          decided={decided?.outcome ?? null}
        />
      ) : null}
    </div>
  );
}
