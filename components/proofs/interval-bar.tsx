export interface IntervalBarProps {
  /** The same in words, for those who do not see it. */
  label: string;
  /** From 0 to 1. */
  lower: number;
  upper: number;
  mean: number | null;
  /** Where both sides are equal; absent on a scale of shares. */
  middle?: number;
  mark?: { at: number; label: string } | undefined;
  from: string;
  to: string;
}

const percent = (value: number) => `${value * 100}%`;

/** What is possible, as a bar on a scale; the point is what was seen. */
export function IntervalBar(props: IntervalBarProps) {
  const { label, lower, upper, mean, middle, mark, from, to } = props;
  return (
    <div className="flex max-w-2xl flex-col gap-1">
      <div role="img" aria-label={label} className="relative h-12">
        <span className="absolute inset-x-0 top-7 h-px bg-line-strong" />
        {middle === undefined ? null : (
          <span
            className="absolute top-5 h-4 w-px bg-line-strong"
            style={{ insetInlineStart: percent(middle) }}
          />
        )}
        <span
          className="absolute top-5.5 h-3 rounded-full bg-accent/45 forced-colors:bg-[Highlight]"
          style={{ insetInlineStart: percent(lower), width: percent(upper - lower) }}
        />
        {mean === null ? null : (
          <span
            className="absolute top-5 size-4 -translate-x-1/2 rounded-full border-2 border-canvas bg-accent rtl:translate-x-1/2"
            style={{ insetInlineStart: percent(mean) }}
          />
        )}
        {mark ? (
          <>
            <span
              className="absolute top-4 h-6 w-0.5 bg-ink"
              style={{ insetInlineStart: percent(mark.at) }}
            />
            <span
              className={`absolute top-0 text-12 whitespace-nowrap text-ink-2 ${mark.at > 0.7 ? '-translate-x-full rtl:translate-x-full' : ''}`}
              style={{ insetInlineStart: percent(mark.at) }}
            >
              {mark.label}
            </span>
          </>
        ) : null}
      </div>
      <div aria-hidden="true" className="flex justify-between text-12 text-ink-3">
        <span>{from}</span>
        <span>{to}</span>
      </div>
    </div>
  );
}
