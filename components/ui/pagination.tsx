import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button, LinkButton } from './button';

export interface PaginationProps {
  /** Address of the page before and after; absent where there is none. */
  previous?: string | undefined;
  next?: string | undefined;
  /** "1–50 of 6,412 examples" */
  summary?: React.ReactNode;
}

/** Back and forth through a list that is paged by key. */
export function Pagination({ previous, next, summary }: PaginationProps) {
  const t = useTranslations('ui');
  const back = <ChevronLeft aria-hidden="true" className="rtl:-scale-x-100" />;
  const forth = <ChevronRight aria-hidden="true" className="rtl:-scale-x-100" />;
  return (
    <nav
      aria-label={t('pagination')}
      className="flex flex-wrap items-center justify-between gap-2 py-2"
    >
      <span className="tabular text-13 text-ink-3">{summary}</span>
      <span className="flex gap-1">
        {previous ? (
          <LinkButton href={previous} size="small" variant="quiet" icon={back} rel="prev">
            {t('previousPage')}
          </LinkButton>
        ) : (
          <Button size="small" variant="quiet" icon={back} disabled>
            {t('previousPage')}
          </Button>
        )}
        {next ? (
          <LinkButton href={next} size="small" variant="quiet" kbd={forth} rel="next">
            {t('nextPage')}
          </LinkButton>
        ) : (
          <Button size="small" variant="quiet" kbd={forth} disabled>
            {t('nextPage')}
          </Button>
        )}
      </span>
    </nav>
  );
}
