import { cn } from './cn';
import { TONE_TEXT, type Tone } from './tone';

/** Each tone has a shape of its own, so that the colour never speaks alone. */
const SHAPE: Record<Tone, React.ReactNode> = {
  neutral: <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  accent: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  caution: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5Z" fill="currentColor" />
    </>
  ),
  attention: <path d="M6 .9 11.1 6 6 11.1.9 6Z" fill="currentColor" />,
  positive: (
    <>
      <circle cx="6" cy="6" r="5.25" fill="currentColor" />
      <path
        d="m3.6 6.2 1.7 1.7 3.2-3.6"
        fill="none"
        stroke="var(--color-canvas)"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  muted: (
    <>
      <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.6 6h4.8" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  negative: <path d="M3.9.9h4.2l3 3v4.2l-3 3H3.9l-3-3V3.9Z" fill="currentColor" />,
};

export interface StatusDotProps {
  tone: Tone;
  /** The word of the status. */
  children: React.ReactNode;
  className?: string;
}

/** A status: a small shape and its word. */
export function StatusDot({ tone, children, className }: StatusDotProps) {
  return (
    <span className={cn('inline-flex items-center gap-1.5 text-13 whitespace-nowrap', className)}>
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        className={cn('size-3 shrink-0', TONE_TEXT[tone])}
      >
        {SHAPE[tone]}
      </svg>
      <span className={tone === 'muted' ? 'text-muted' : undefined}>{children}</span>
    </span>
  );
}
