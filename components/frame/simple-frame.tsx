import { useTranslations } from 'next-intl';

/** What stands around pages outside a workspace: sign-in, invitation, first admin, not found. */
export function SimpleFrame({ children }: { children: React.ReactNode }) {
  const t = useTranslations('frame');
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-11 items-center gap-2 px-4 text-14 font-semibold sm:px-6">
        <Mark />
        {t('appName')}
      </header>
      <main id="content" className="flex flex-1 flex-col items-center justify-center px-4 pb-16">
        <div className="w-full max-w-sm">{children}</div>
      </main>
    </div>
  );
}

/** The sign of the product: two lines of a page, the second one corrected. */
export function Mark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 20 20" className="size-5 shrink-0 text-accent">
      <rect width="20" height="20" rx="5" fill="currentColor" />
      <path
        d="M5 7.25h10M5 12.5h3.25m1.5.25 1.75 1.75 3.5-4"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
