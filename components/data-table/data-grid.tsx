// biome-ignore-all lint/a11y/useSemanticElements: rows become cards, which the elements of a table cannot
'use client';

import type { RowData } from '@tanstack/react-table';
import { useEffect, useImperativeHandle, useRef } from 'react';
import type { Density, GridCellPlace, GridSort, GridTable } from './grid-features';
import { cellOf, ensureTabStop, focusCell, nextEditable, setTabStop } from './grid-focus';
import { GridHeader } from './grid-header';
import { GridRow } from './grid-row';
import { gridKeyHandler } from './use-grid-keys';

export interface DataGridHandle {
  focus: (place: GridCellPlace) => void;
  nextEditable: (from: GridCellPlace, step: 1 | -1) => GridCellPlace | null;
}

export interface DataGridProps<TData extends RowData> {
  ref?: React.Ref<DataGridHandle>;
  table: GridTable<TData>;
  label: string;
  /** The name of one row, for screen readers. */
  rowLabel: (row: TData) => string;
  /** Rows in the whole list, and the position of the first one here, from 0. */
  rowCount: number;
  firstIndex: number;
  density: Density;
  sort?: GridSort;
  onSort?: (key: string) => void;
  openRowId: string | null;
  onOpen: (rowId: string) => void;
  editing: GridCellPlace | null;
  onEdit: (place: GridCellPlace) => void;
  renderEditor: (row: TData, place: GridCellPlace) => React.ReactNode;
  onToggle: (rowId: string, extend: boolean) => void;
  onSelectAll: () => void;
  /** Shown below the head instead of rows. */
  empty?: React.ReactNode;
  isPending?: boolean;
}

const isShownAsCards = () => window.matchMedia('(width < 40rem)').matches;

/** The row of a click that was meant for no control in it. */
function pressedRow(event: React.MouseEvent): string | undefined {
  if (!(event.target instanceof Element) || event.shiftKey || event.ctrlKey || event.metaKey)
    return;
  if (event.target.closest('button, a, input, textarea, select, label')) return;
  return event.target.closest<HTMLElement>('[data-grid-row]')?.dataset.rowId;
}

/** Rows that people walk, select and edit like a spreadsheet. Below 640 px they become cards. */
export function DataGrid<TData extends RowData>(props: DataGridProps<TData>) {
  const { table, editing, ref } = props;
  const root = useRef<HTMLDivElement>(null);
  const rows = table.getRowModel().rows;
  useEffect(() => {
    if (root.current) ensureTabStop(root.current);
  });
  useImperativeHandle(ref, () => ({
    focus: (place) => {
      if (root.current) focusCell(root.current, place);
    },
    nextEditable: (from, step) => (root.current ? nextEditable(root.current, from, step) : null),
  }));
  return (
    <div className="@container min-h-0 flex-1 overflow-auto max-sm:flex-none max-sm:overflow-visible">
      <div
        ref={root}
        role="grid"
        aria-label={props.label}
        aria-rowcount={props.rowCount + 1}
        aria-colcount={table.getVisibleLeafColumns().length}
        aria-multiselectable="true"
        aria-busy={props.isPending || undefined}
        className="transition-opacity aria-busy:opacity-60"
        onKeyDown={gridKeyHandler(props)}
        onFocus={(event) => {
          const cell = cellOf(event.target);
          if (cell && event.target === cell) setTabStop(event.currentTarget, cell);
        }}
        onClick={(event) => {
          const rowId = pressedRow(event);
          if (rowId && (props.openRowId !== null || isShownAsCards())) props.onOpen(rowId);
        }}
        onDoubleClick={(event) => {
          const cell = cellOf(event.target);
          const rowId = cell?.closest<HTMLElement>('[data-grid-row]')?.dataset.rowId;
          const columnId = cell?.dataset.columnId;
          if (rowId && columnId && cell.dataset.editable !== undefined)
            props.onEdit({ rowId, columnId });
        }}
      >
        <GridHeader table={table} sort={props.sort} onSort={props.onSort} />
        <div role={rows.length > 0 ? 'rowgroup' : undefined}>
          {rows.map((row, index) => {
            const column = editing?.rowId === row.id ? editing.columnId : null;
            return (
              <GridRow
                key={row.id}
                table={table}
                row={row}
                rowIndex={props.firstIndex + index + 2}
                density={props.density}
                isSelected={row.getIsSelected()}
                isOpen={props.openRowId === row.id}
                editingColumn={column}
                editor={
                  column
                    ? props.renderEditor(row.original, { rowId: row.id, columnId: column })
                    : null
                }
                columnCount={table.getVisibleLeafColumns().length}
                rowLabel={props.rowLabel(row.original)}
              />
            );
          })}
        </div>
      </div>
      {rows.length === 0 ? props.empty : null}
    </div>
  );
}
