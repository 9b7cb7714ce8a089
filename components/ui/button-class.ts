import { cn } from './cn';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const VARIANT: Record<ButtonVariant, string> = {
  primary:
    'bg-accent text-on-accent hover:bg-accent-hover data-disabled:bg-neutral-soft data-disabled:text-ink-3',
  secondary:
    'border border-line-strong/55 bg-surface text-ink hover:bg-hover data-disabled:bg-transparent data-disabled:text-ink-3',
  quiet:
    'text-ink-2 hover:bg-hover hover:text-ink data-disabled:text-ink-3 data-disabled:hover:bg-transparent',
  danger:
    'border border-negative/45 bg-surface text-negative hover:bg-negative hover:text-on-negative data-disabled:border-line data-disabled:bg-transparent data-disabled:text-ink-3',
};

const SIZE: Record<ButtonSize, string> = {
  small: 'min-h-7 gap-1.5 px-2 text-13',
  medium: 'min-h-8 gap-2 px-3 text-14',
  large: 'min-h-11 gap-2.5 px-4 text-14',
};

/** The look of a button, for the rare element that is not one (a file label). */
export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium') {
  return cn(
    'inline-flex shrink-0 items-center justify-center rounded-control py-1 font-medium select-none transition-colors data-disabled:cursor-not-allowed forced-colors:border',
    VARIANT[variant],
    SIZE[size],
  );
}
