'use client';

import { useFormatter, useNow, useTranslations } from 'next-intl';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface RelativeTimeProps {
  /** The moment, as a date or an ISO string. */
  value: Date | string;
}

/** A time as people say it: "5 minutes ago", "yesterday, 16:20"; exact on hover. */
export function RelativeTime({ value }: RelativeTimeProps) {
  const t = useTranslations('ui');
  const format = useFormatter();
  const now = useNow({ updateInterval: MINUTE });
  const date = typeof value === 'string' ? new Date(value) : value;
  // The clocks of two machines differ: what just happened is never in the future.
  const skewed = date.getTime() > now.getTime() && date.getTime() - now.getTime() < MINUTE;
  const age = skewed ? 0 : now.getTime() - date.getTime();
  const time = (moment: Date) => format.dateTime(moment, 'time');
  const dayOf = (moment: Date) =>
    format.dateTime(moment, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const near = Math.abs(age) < 2 * DAY;
  const words =
    Math.abs(age) < 50 * MINUTE
      ? format.relativeTime(skewed ? now : date, now)
      : near && dayOf(date) === dayOf(now)
        ? time(date)
        : near && age > 0 && dayOf(date) === dayOf(new Date(now.getTime() - DAY))
          ? t('yesterday', { time: time(date) })
          : format.dateTime(date, 'day');
  return (
    <time
      dateTime={date.toISOString()}
      title={format.dateTime(date, 'exact')}
      className="tabular whitespace-nowrap"
      suppressHydrationWarning
    >
      {words}
    </time>
  );
}
