import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';

export interface Crumb {
  label: string;
  href?: string | undefined;
}

/** Where this page lies; the last one is the page itself. */
export function Breadcrumbs({ items }: { items: Crumb[] }) {
  const t = useTranslations('ui');
  return (
    <nav aria-label={t('breadcrumbs')} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-13">
        {items.map((item, index) => {
          const last = index === items.length - 1;
          return (
            <li
              key={`${item.href ?? ''}${item.label}`}
              className={
                last
                  ? 'flex max-w-full min-w-24 items-center gap-1'
                  : 'flex min-w-0 items-center gap-1 max-sm:hidden'
              }
            >
              {index > 0 ? (
                <ChevronRight aria-hidden="true" className="size-3.5! text-ink-3 max-sm:hidden" />
              ) : null}
              {item.href && !last ? (
                <Link
                  href={item.href}
                  className="truncate rounded-[4px] px-1 py-0.5 text-ink-2 hover:bg-hover hover:text-ink"
                >
                  {item.label}
                </Link>
              ) : (
                <span
                  aria-current={last ? 'page' : undefined}
                  className="truncate px-1 font-medium"
                >
                  {item.label}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
