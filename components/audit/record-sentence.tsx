import { useTranslations } from 'next-intl';
import type { Detail } from '@/lib/audit/audit-rules';

/** What an entry says, with its counts small beside it. */
export function RecordSentence({ action, details }: { action: string; details: Detail[] }) {
  const t = useTranslations('audit');
  const known = t.has(`actions.${action}` as never);
  return (
    <>
      {known ? t(`actions.${action}` as never) : action}
      {details.length > 0 ? (
        <span className="block text-12 text-ink-3">
          <RecordDetails details={details} />
        </span>
      ) : null}
    </>
  );
}

function RecordDetails({ details }: { details: Detail[] }) {
  const t = useTranslations('audit');
  const word = (value: string) =>
    t.has(`values.${value}` as never) ? t(`values.${value}` as never) : value;
  const texts = details.map((detail) => {
    if (detail.kind === 'change')
      return t('details.fromTo', { from: word(detail.from), to: word(detail.to) });
    if (detail.kind === 'word') return word(detail.value);
    return t(`details.${detail.key}`, { value: detail.value });
  });
  return <>{texts.join(' · ')}</>;
}
