/**
 * One tab stop for the whole grid, wherever the focus was last. The elements carry it, not React
 * state: moving through cells renders nothing.
 */
const CELL = '[data-grid-cell]';
const ROW = '[data-grid-row]';

const isShown = (element: HTMLElement) => element.getClientRects().length > 0;

export function cellOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(CELL) : null;
}

const rowsOf = (grid: HTMLElement) => [...grid.querySelectorAll<HTMLElement>(ROW)].filter(isShown);
const cellsOf = (row: Element) => [...row.querySelectorAll<HTMLElement>(CELL)].filter(isShown);

/** Makes a cell the grid's tab stop. */
export function setTabStop(grid: HTMLElement, cell: HTMLElement): void {
  for (const stop of grid.querySelectorAll<HTMLElement>(`${CELL}[tabindex="0"]`))
    if (stop !== cell) stop.tabIndex = -1;
  cell.tabIndex = 0;
}

/** After rows came and went there is still exactly one. */
export function ensureTabStop(grid: HTMLElement): void {
  const stops = [...grid.querySelectorAll<HTMLElement>(`${CELL}[tabindex="0"]`)].filter(isShown);
  if (stops.length === 1) return;
  const rows = rowsOf(grid);
  const first = stops[0] ?? cellsOf(rows[1] ?? rows[0] ?? grid)[0];
  if (first) setTabStop(grid, first);
}

export function focusCell(grid: HTMLElement, place: { rowId: string; columnId: string }): boolean {
  const row = grid.querySelector(`${ROW}[data-row-id="${CSS.escape(place.rowId)}"]`);
  const cell = row?.querySelector<HTMLElement>(
    `${CELL}[data-column-id="${CSS.escape(place.columnId)}"]`,
  );
  cell?.focus();
  return Boolean(cell);
}

export type GridMove =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'rowStart'
  | 'rowEnd'
  | 'gridStart'
  | 'gridEnd'
  | 'pageUp'
  | 'pageDown';

const PAGE_ROWS = 10;

/** Moves the focus from a cell; stays at the borders. */
export function moveFocus(grid: HTMLElement, from: HTMLElement, move: GridMove): void {
  const row = from.closest<HTMLElement>(ROW);
  if (!row) return;
  const rows = rowsOf(grid);
  const r = rows.indexOf(row);
  const c = cellsOf(row).indexOf(from);
  const jump: Record<GridMove, [number, number]> = {
    up: [r - 1, c],
    down: [r + 1, c],
    left: [r, c - 1],
    right: [r, c + 1],
    rowStart: [r, 0],
    rowEnd: [r, Number.POSITIVE_INFINITY],
    gridStart: [1, 0],
    gridEnd: [rows.length - 1, Number.POSITIVE_INFINITY],
    pageUp: [Math.max(r - PAGE_ROWS, Math.min(r, 1)), c],
    pageDown: [Math.min(r + PAGE_ROWS, rows.length - 1), c],
  };
  const [toRow, toCell] = jump[move];
  const target = rows[toRow];
  if (!target) return;
  const cells = cellsOf(target);
  const cell = cells[Math.min(Math.max(toCell, 0), cells.length - 1)];
  cell?.focus();
  cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The next or previous editable cell, over the ends of rows. */
export function nextEditable(
  grid: HTMLElement,
  from: { rowId: string; columnId: string },
  step: 1 | -1,
): { rowId: string; columnId: string } | null {
  const cells = [...grid.querySelectorAll<HTMLElement>(`${CELL}[data-editable]`)].filter(isShown);
  const at = cells.findIndex(
    (cell) =>
      cell.dataset.columnId === from.columnId &&
      cell.closest<HTMLElement>(ROW)?.dataset.rowId === from.rowId,
  );
  const next = at === -1 ? undefined : cells[at + step];
  const rowId = next?.closest<HTMLElement>(ROW)?.dataset.rowId;
  const columnId = next?.dataset.columnId;
  return rowId && columnId ? { rowId, columnId } : null;
}
