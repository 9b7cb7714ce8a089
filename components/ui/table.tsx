import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { cn } from './cn';

export interface TableProps {
  /** What the table holds; read out and, unless hidden, printed above it. */
  label: string;
  showLabel?: boolean;
  children: React.ReactNode;
  className?: string;
}

/** A plain table for reading. Scrolls sideways by itself when it has to; the header stays. */
export function Table({ label, showLabel = false, children, className }: TableProps) {
  const t = useTranslations('ui');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a labelled scroll area needs the role, not a section
    <div
      role="region"
      aria-label={t('scrollableTable', { label })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className={cn('focus-inset overflow-auto', className ?? 'max-w-full')}
    >
      <table className="w-full border-collapse text-13">
        <caption className={showLabel ? 'pb-2 text-start text-13 font-medium' : 'sr-only'}>
          {label}
        </caption>
        {children}
      </table>
    </div>
  );
}

export function TableHead({ children }: { children: React.ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-canvas shadow-[inset_0_-1px_var(--color-line)]">
      <tr>{children}</tr>
    </thead>
  );
}

export interface TableHeaderProps {
  children: React.ReactNode;
  align?: 'start' | 'end';
  /** The sort of this column now, and the address that turns it. */
  sort?: { direction: 'asc' | 'desc' | null; href: string };
  className?: string;
}

export function TableHeader({ children, align = 'start', sort, className }: TableHeaderProps) {
  const t = useTranslations('ui');
  const state =
    sort?.direction === 'asc' ? 'ascending' : sort?.direction === 'desc' ? 'descending' : undefined;
  return (
    <th
      scope="col"
      aria-sort={state}
      className={cn(
        'h-8 px-2 text-12 font-medium whitespace-nowrap text-ink-3 first:ps-0 last:pe-0',
        align === 'end' ? 'text-end sm:[&+*]:ps-6' : 'text-start',
        className,
      )}
    >
      {sort ? (
        <Link
          href={sort.href}
          className="inline-flex items-center gap-1 rounded-[4px] hover:text-ink"
        >
          {children}
          {sort.direction === 'asc' ? <ArrowUp aria-hidden="true" className="size-3!" /> : null}
          {sort.direction === 'desc' ? <ArrowDown aria-hidden="true" className="size-3!" /> : null}
          {state ? (
            <span className="sr-only">
              {state === 'ascending' ? t('sortAscending') : t('sortDescending')}
            </span>
          ) : null}
        </Link>
      ) : (
        children
      )}
    </th>
  );
}

export function TableBody({ children }: { children: React.ReactNode }) {
  return <tbody>{children}</tbody>;
}

export function TableRow({
  children,
  selected = false,
}: {
  children: React.ReactNode;
  selected?: boolean;
}) {
  return (
    <tr
      data-selected={selected || undefined}
      className="border-b hover:bg-hover/60 data-selected:bg-accent-soft"
    >
      {children}
    </tr>
  );
}

export interface TableCellProps {
  children?: React.ReactNode;
  align?: 'start' | 'end';
  /** The cell that names the row. */
  header?: boolean;
  className?: string;
}

export function TableCell({ children, align = 'start', header, className }: TableCellProps) {
  const Tag = header ? 'th' : 'td';
  return (
    <Tag
      scope={header ? 'row' : undefined}
      className={cn(
        'h-9 px-2 py-1.5 align-middle font-normal first:ps-0 last:pe-0',
        align === 'end' ? 'tabular text-end sm:[&+*]:ps-6' : 'text-start',
        className,
      )}
    >
      {children}
    </Tag>
  );
}
