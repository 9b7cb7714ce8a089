'use client';

import { Progress as BaseProgress } from '@base-ui/react/progress';
import { useFormatter } from 'next-intl';

export interface ProgressProps {
  label: string;
  value: number;
  max: number;
  /** What was measured, in words: "3,120 of 6,412 rows · 14 s left". */
  text: string;
  /** The button that stops it. */
  cancel?: React.ReactNode;
}

/** Measured progress. There is no form without a value: what is not measured is not drawn. */
export function Progress({ label, value, max, text, cancel }: ProgressProps) {
  const format = useFormatter();
  const share = max > 0 ? Math.min(1, value / max) : 0;
  return (
    <div className="flex flex-col gap-2">
      <BaseProgress.Root
        aria-label={label}
        value={share * 100}
        getAriaValueText={() => text}
        className="grid grid-cols-[1fr_auto] items-baseline gap-x-4 gap-y-2"
      >
        <BaseProgress.Label className="text-14 font-medium">{label}</BaseProgress.Label>
        <span className="tabular text-13 text-ink-2">
          {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
        </span>
        <BaseProgress.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-line forced-colors:border">
          <BaseProgress.Indicator className="h-full rounded-full bg-accent transition-[width] forced-colors:bg-[Highlight]" />
        </BaseProgress.Track>
      </BaseProgress.Root>
      <div className="flex min-h-7 flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="tabular text-13 text-ink-3">{text}</span>
        {cancel}
      </div>
    </div>
  );
}
