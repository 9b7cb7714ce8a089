import { cn } from './cn';

/** The first letters of a person's first and last word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return picked.map((word) => [...(word ?? '')][0]?.toUpperCase() ?? '').join('') || '·';
}

/** A person as initials; the name stands beside it or is its label. */
export function Avatar({
  name,
  size = 'medium',
  labelled = false,
}: {
  name: string;
  size?: 'small' | 'medium';
  /** True where the name is not written beside it. */
  labelled?: boolean;
}) {
  return (
    <span
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-full bg-accent-soft font-medium text-accent-ink select-none forced-colors:border',
        size === 'small' ? 'size-5 text-[0.625rem]' : 'size-7 text-12',
      )}
    >
      <span aria-hidden="true">{initials(name)}</span>
      {labelled ? <span className="sr-only">{name}</span> : null}
    </span>
  );
}
