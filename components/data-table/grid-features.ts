import {
  columnVisibilityFeature,
  metaHelper,
  type ReactTable,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
} from '@tanstack/react-table';

export type GridColumnMeta = {
  /** The column's name in the header and in the list of columns. */
  label: string;
  /** Width and, below 640 px, the place on the card. The same in header and rows. */
  className?: string;
  /** Cells can be edited in place. */
  isEditable?: boolean;
  /** The key that the server sorts by; the header is then a button. */
  sortKey?: string;
  /** Stays when columns are chosen. */
  isFixed?: boolean;
};

/** Rows are sorted, filtered and paged by the server; the table holds columns and selection. */
export const gridFeatures = tableFeatures({
  rowSelectionFeature,
  columnVisibilityFeature,
  columnMeta: metaHelper<GridColumnMeta>(),
});
export type GridFeatures = typeof gridFeatures;
export type GridTable<TData extends RowData> = ReactTable<GridFeatures, TData>;

export type Density = 'compact' | 'cosy';
export type GridSort = { key: string; direction: 'asc' | 'desc' };
/** The cell that is being edited. */
export type GridCellPlace = { rowId: string; columnId: string };
