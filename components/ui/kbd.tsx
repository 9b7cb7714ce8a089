import { cn } from './cn';

/** A key as it is printed beside what it does. Hidden from screen readers: use aria-keyshortcuts. */
export function Kbd({ children, className }: { children: React.ReactNode; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex h-5 min-w-5 shrink-0 items-center justify-center rounded-[4px] border border-current/25 px-1 font-sans text-12 font-medium whitespace-nowrap opacity-80',
        className,
      )}
    >
      {children}
    </span>
  );
}
