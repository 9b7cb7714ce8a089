import { useTranslations } from 'next-intl';

/** A quiet strip under the top bar that says something about the whole workspace. */
export function FrameBanner({
  children,
  actions,
}: {
  children: React.ReactNode;
  actions?: React.ReactNode;
}) {
  const t = useTranslations('frame');
  return (
    <aside
      aria-label={t('banner')}
      data-print="hide"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b bg-accent-soft px-4 py-1.5 text-13 text-accent-ink sm:px-6"
    >
      <div className="min-w-0 flex-1 basis-64">{children}</div>
      {actions}
    </aside>
  );
}
