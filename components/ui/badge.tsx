import { cn } from './cn';
import { TONE_SOFT, type Tone } from './tone';

/** A short word with a tinted ground. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: React.ReactNode }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 rounded-[5px] px-1.5 text-12 font-medium whitespace-nowrap forced-colors:border',
        TONE_SOFT[tone],
      )}
    >
      {children}
    </span>
  );
}
