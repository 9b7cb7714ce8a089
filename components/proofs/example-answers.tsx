import { useFormatter, useTranslations } from 'next-intl';
import { proofArms } from '@/lib/proofs/proof-schema';
import type { ProofExample } from '@/lib/proofs/result-queries';
import { LinkButton } from '../ui/button';
import { VisibleText } from '../ui/visible-text';

type Props = {
  base: string;
  example: ProofExample;
  /** What can be done about the tuned model's answer. */
  onTuned: React.ReactNode;
};

/** A prompt, its ideal reply and every arm's answer with its name, as plain text. */
export function ExampleAnswers({ base, example, onTuned }: Props) {
  const t = useTranslations('proofs');
  const format = useFormatter();
  const { row, outcomes, candidate, reasons, previous, next } = example;
  const said = outcomes.map((outcome) => t(`example.outcome.${outcome as 'win'}`));
  return (
    <div className="flex flex-col gap-6">
      <p className="text-14 text-ink-2">
        {row.topic ? `${row.topic} · ` : null}
        {said.length > 0
          ? t('example.votes', { list: format.list(said), candidate, name: t(`arm.${candidate}`) })
          : t('example.noVotes')}
      </p>
      {reasons.length > 0 ? (
        <section aria-label={t('example.reasons')} className="max-w-reading">
          <h2 className="text-12 font-medium text-ink-3">{t('example.reasons')}</h2>
          <ul className="mt-1 flex list-disc flex-col gap-1 ps-5 text-14">
            {reasons.map((reason) => (
              <li key={reason} dir="auto" className="break-words whitespace-pre-wrap">
                <VisibleText text={reason} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <div className="grid items-start gap-x-10 gap-y-6 md:grid-cols-2">
        <Text
          label={t('example.prompt')}
          text={row.isErased ? t('example.erased') : row.prompt}
          sunken
        />
        <Text
          label={t('example.reply')}
          text={row.isErased ? t('example.erased') : row.reply}
          sunken
        />
        {proofArms.map((arm) => (
          <Text
            key={arm}
            label={t(`arm.${arm}`)}
            text={
              row.texts[arm] ??
              t(row.erasedArms.includes(arm) ? 'example.erased' : 'example.notAnswered')
            }
          >
            {arm === 'tuned' && row.texts.tuned !== null ? onTuned : null}
          </Text>
        ))}
      </div>
      <nav aria-label={t('example.title', { number: row.position + 1 })} className="flex gap-2">
        {previous === null ? null : (
          <LinkButton prefetch={false} href={`${base}/examples/${previous + 1}`}>
            {t('example.previous')}
          </LinkButton>
        )}
        {next === null ? null : (
          <LinkButton prefetch={false} href={`${base}/examples/${next + 1}`}>
            {t('example.next')}
          </LinkButton>
        )}
      </nav>
    </div>
  );
}

function Text(props: {
  label: string;
  text: string;
  sunken?: boolean;
  children?: React.ReactNode;
}) {
  const { label, text, sunken = false, children } = props;
  return (
    <section aria-label={label} className="min-w-0">
      <h2 className="text-12 font-medium text-ink-3">{label}</h2>
      <p
        dir="auto"
        className={
          sunken
            ? 'mt-1 max-w-reading rounded-panel bg-sunken px-4 py-3 text-16 whitespace-pre-wrap'
            : 'mt-1 max-w-reading text-16 whitespace-pre-wrap'
        }
      >
        <VisibleText text={text} />
      </p>
      {children ? <div className="mt-3">{children}</div> : null}
    </section>
  );
}
