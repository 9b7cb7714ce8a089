import { useTranslations } from 'next-intl';

/** Tells screen readers that the page is on its way while its shape is shown. */
export function LoadingRegion({ children }: { children: React.ReactNode }) {
  const t = useTranslations('ui');
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      {children}
    </div>
  );
}
