import type { Formats } from 'next-intl';

/** Named formats: `format.dateTime(date, 'time')`. */
export const FORMATS = {
  dateTime: {
    /** 16:20 */
    time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    /** 22 Nov 2026 */
    day: { day: 'numeric', month: 'short', year: 'numeric' },
    /** 22 Nov 2026, 16:20 */
    moment: {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    },
    /** For a hover: everything, to the second, with the zone. */
    exact: {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    },
  },
  number: {
    /** 48 % */
    percent: { style: 'percent', maximumFractionDigits: 0 },
    /** 2.137 */
    loss: { minimumFractionDigits: 3, maximumFractionDigits: 3 },
  },
} satisfies Formats;
