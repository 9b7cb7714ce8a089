// biome-ignore-all lint/a11y/useSemanticElements: rows become cards, which the elements of a table cannot
// biome-ignore-all lint/a11y/useFocusableInteractive: in a grid the cells take the focus, not the rows
'use client';

import type { Row, RowData } from '@tanstack/react-table';
import { memo } from 'react';
import { cn } from '../ui/cn';
import type { Density, GridFeatures, GridTable } from './grid-features';

export interface GridRowProps<TData extends RowData> {
  table: GridTable<TData>;
  row: Row<GridFeatures, TData>;
  /** Position in the whole list, from 1; the head is 1. */
  rowIndex: number;
  density: Density;
  isSelected: boolean;
  isOpen: boolean;
  /** The column that is being edited in this row, and its editor. */
  editingColumn: string | null;
  editor: React.ReactNode;
  /** Other columns need the cells drawn again. */
  columnCount: number;
  rowLabel: string;
}

function GridRowInner<TData extends RowData>(props: GridRowProps<TData>) {
  const { table, row, isSelected, isOpen, density, editingColumn } = props;
  return (
    <div
      role="row"
      aria-rowindex={props.rowIndex}
      aria-selected={isSelected}
      aria-label={props.rowLabel}
      aria-current={isOpen || undefined}
      data-grid-row
      data-row-id={row.id}
      data-density={density}
      data-open={isOpen || undefined}
      data-selected={isSelected || undefined}
      data-editing={editingColumn ?? undefined}
      className={cn(
        'group/row relative flex min-w-108 border-b bg-canvas hover:bg-hover data-editing:z-[5] data-open:bg-accent-soft data-selected:bg-accent-soft',
        "data-open:before:absolute data-open:before:inset-y-0 data-open:before:start-0 data-open:before:w-0.75 data-open:before:bg-accent data-open:before:content-['']",
        'max-sm:grid max-sm:min-w-0 max-sm:grid-cols-[auto_auto_1fr_auto] max-sm:items-center max-sm:gap-x-2 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3',
        density === 'compact' ? 'sm:h-8.5' : 'sm:h-11',
      )}
    >
      {row.getVisibleCells().map((cell, index) => {
        const meta = cell.column.columnDef.meta;
        const isEditing = editingColumn === cell.column.id;
        return (
          <div
            key={cell.id}
            role="gridcell"
            aria-colindex={index + 1}
            tabIndex={-1}
            data-grid-cell
            data-column-id={cell.column.id}
            data-editable={meta?.isEditable ? '' : undefined}
            aria-readonly={meta?.isEditable ? undefined : true}
            className={cn(
              'focus-inset relative flex min-w-0 items-center px-2 first:ps-4 max-sm:px-0! sm:first:ps-6',
              meta?.className,
            )}
          >
            {isEditing ? props.editor : <table.FlexRender cell={cell} />}
          </div>
        );
      })}
    </div>
  );
}

/** One row; drawn again only when something in it changed. */
export const GridRow = memo(GridRowInner, (before, after) =>
  (Object.keys(after) as (keyof typeof after)[]).every(
    // The table is a new object on every render and says nothing about this row.
    (key) => key === 'table' || before[key] === after[key],
  ),
) as typeof GridRowInner;
