import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { Callout } from '@/components/ui/callout';
import { Skeleton } from '@/components/ui/skeleton';
import { Stat, Stats } from '@/components/ui/stat';
import type { QuoteView } from '@/lib/training/quote-mutations';

type Props = { quote: QuoteView | null; isLoading: boolean; examples: string };

/** Examples, tokens, time and price of a training; rows that do not fit are listed. */
export function QuoteFigures({ quote, isLoading, examples }: Props) {
  const t = useTranslations('training.start');
  const format = useFormatter();
  const value = (content: React.ReactNode) =>
    isLoading || !quote ? <Skeleton className="h-7 w-20" /> : content;
  const minutes = quote ? Math.max(1, Math.round(quote.expectedSeconds / 60)) : 1;
  return (
    <>
      <Stats>
        <Stat
          label={t('examples')}
          value={value(format.number(quote?.trainingExamples ?? 0))}
          note={
            quote
              ? t('examplesNote', {
                  validation: quote.validationExamples,
                  heldOut: quote.heldOutExamples,
                })
              : null
          }
        />
        <Stat
          label={t('tokens')}
          value={value(format.number(quote?.trainingTokens ?? 0))}
          note={t('tokensNote')}
        />
        <Stat
          label={t('minutes')}
          value={value(t('minutesValue', { minutes }))}
          note={
            quote
              ? t(`speedBy.${quote.speed?.by ?? 'none'}`, {
                  tokens: Math.round(quote.speed?.tokensPerSecond ?? 0),
                })
              : null
          }
        />
        <Stat label={t('price')} value={value(t('priceValue'))} note={t('priceNote')} />
      </Stats>
      {quote && quote.tooLong.length > 0 ? (
        <Callout kind="blocker">
          <p>{t('tooLong', { count: quote.tooLong.length, limit: quote.contextLength })}</p>
          <ul className="mt-1">
            {quote.tooLong.map((row) => (
              <li key={row.exampleId}>
                <Link className="underline" href={`${examples}?open=${row.number}`}>
                  {t('tooLongRow', { number: row.number, tokens: row.tokens })}
                </Link>
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </>
  );
}
