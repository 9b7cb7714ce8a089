'use client';

import type { GridCellPlace } from './grid-features';
import { cellOf, type GridMove, moveFocus } from './grid-focus';

const MOVES: Record<string, GridMove> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'rowStart',
  End: 'rowEnd',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
};

export interface GridKeys {
  onEdit: (place: GridCellPlace) => void;
  onOpen: (rowId: string) => void;
  onToggle: (rowId: string, extend: boolean) => void;
  onSelectAll: () => void;
}

const isWriting = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox');

/** The keys of a grid whose cells can be walked and edited (ARIA practices: grid). */
export function gridKeyHandler(keys: GridKeys) {
  return (event: React.KeyboardEvent<HTMLElement>) => {
    const cell = cellOf(event.target);
    if (!cell || isWriting(event.target) || event.altKey) return;
    const mod = event.ctrlKey || event.metaKey;
    const rowId = cell.closest<HTMLElement>('[data-grid-row]')?.dataset.rowId;
    const columnId = cell.dataset.columnId ?? '';
    if (mod && event.key === 'a') {
      event.preventDefault();
      keys.onSelectAll();
      return;
    }
    const move = toMove(event, mod);
    if (move) {
      event.preventDefault();
      moveFocus(event.currentTarget, cell, move);
      return;
    }
    if (mod) return;
    if (rowId === undefined) {
      if (event.key === 'Enter' || event.key === ' ') press(event, cell);
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      keys.onToggle(rowId, event.shiftKey);
    } else if (event.key === 'F2' || event.key === 'Enter') {
      event.preventDefault();
      if (cell.dataset.editable !== undefined) keys.onEdit({ rowId, columnId });
      else keys.onOpen(rowId);
    }
  };
}

function toMove(event: React.KeyboardEvent, mod: boolean): GridMove | undefined {
  const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  if (mod) {
    if (event.key === 'Home') return 'gridStart';
    if (event.key === 'End') return 'gridEnd';
    return undefined;
  }
  const move = MOVES[event.key];
  if (isRtl && move === 'left') return 'right';
  return isRtl && move === 'right' ? 'left' : move;
}

/** A header cell passes Enter and Space on to the button inside. */
function press(event: React.KeyboardEvent, cell: HTMLElement): void {
  const inner = cell.querySelector<HTMLElement>('button, input');
  if (!inner || event.target === inner) return;
  event.preventDefault();
  inner.click();
}
