// biome-ignore-all lint/a11y/useSemanticElements: rows become cards, which the elements of a table cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid the cells take the focus, not the rows
'use client';

import type { RowData } from '@tanstack/react-table';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '../ui/cn';
import type { GridSort, GridTable } from './grid-features';

export interface GridHeaderProps<TData extends RowData> {
  table: GridTable<TData>;
  sort?: GridSort | undefined;
  onSort?: ((key: string) => void) | undefined;
}

/** The sticky head of a grid. Its cells are walked like the others. */
export function GridHeader<TData extends RowData>({ table, sort, onSort }: GridHeaderProps<TData>) {
  const [group] = table.getHeaderGroups();
  return (
    <div role="rowgroup" className="sticky top-0 z-10 max-sm:sr-only">
      <div
        role="row"
        aria-rowindex={1}
        data-grid-row
        className="flex h-8 min-w-108 border-b bg-canvas text-12 font-medium text-ink-3"
      >
        {group?.headers.map((header, index) => {
          const meta = header.column.columnDef.meta;
          const sorted = sort && meta?.sortKey === sort.key ? sort.direction : undefined;
          return (
            <div
              key={header.id}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={
                sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : undefined
              }
              tabIndex={-1}
              data-grid-cell
              data-column-id={header.column.id}
              className={cn(
                'focus-inset flex min-w-0 items-center px-2 first:ps-4 sm:first:ps-6',
                meta?.className,
              )}
            >
              {meta?.sortKey && onSort ? (
                <SortButton
                  label={meta.label}
                  direction={sorted}
                  onClick={() => onSort(meta.sortKey ?? '')}
                />
              ) : (
                <table.FlexRender header={header} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function SortButton(props: {
  label: string;
  direction?: 'asc' | 'desc' | undefined;
  onClick: () => void;
}) {
  const t = useTranslations('ui');
  const { label, direction, onClick } = props;
  const Icon = direction === 'desc' ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      tabIndex={-1}
      onClick={onClick}
      className="group/sort -mx-1 inline-flex h-6 min-w-0 items-center gap-1 rounded-[4px] px-1 hover:bg-hover hover:text-ink"
    >
      <span className="truncate">{label}</span>
      <Icon
        aria-hidden="true"
        className={cn('size-3!', direction ? null : 'opacity-0 group-hover/sort:opacity-60')}
      />
      {direction ? (
        <span className="sr-only">
          {direction === 'asc' ? t('sortAscending') : t('sortDescending')}
        </span>
      ) : null}
    </button>
  );
}
