'use client';

import { type RowSelectionState, useTable } from '@tanstack/react-table';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { ExampleFilter, Selection } from '@/lib/examples/example-schema';
import { type Density, gridFeatures } from '../data-table/grid-features';
import { setClientCookie } from '../frame/client-cookie';
import { useExampleColumns } from './example-columns';
import { type ExamplesViewSettings, VIEW_COOKIE } from './view-cookie';

/** Columns, row height and selection of the list; selection goes on over pages. */
export function useExampleTable(input: {
  rows: ExampleRow[];
  view: ExamplesViewSettings;
  filter: ExampleFilter;
  onOpen: (id: string) => void;
}) {
  const { rows, filter } = input;
  const openRef = useRef(input.onOpen);
  useEffect(() => {
    openRef.current = input.onOpen;
  });
  const columns = useExampleColumns(useCallback((id: string) => openRef.current(id), []));
  const [density, setDensity] = useState<Density>(input.view.density);
  const [hidden, setHidden] = useState(input.view.hidden);
  const [rowSelection, setRowSelection] = useState<RowSelectionState>({});
  /** The filter whose every match is selected; another filter ends that. */
  const filterKey = JSON.stringify(filter);
  const [allOf, setAllOf] = useState<string | null>(null);
  const isAll = allOf === filterKey;
  const anchor = useRef<string | null>(null);
  const columnVisibility = useMemo(
    () => Object.fromEntries(hidden.map((id) => [id, false])),
    [hidden],
  );
  const keep = (next: ExamplesViewSettings) => setClientCookie(VIEW_COOKIE, JSON.stringify(next));
  const table = useTable({
    features: gridFeatures,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    state: { rowSelection, columnVisibility },
    onRowSelectionChange: (updater) => {
      setAllOf(null);
      setRowSelection(updater);
    },
    onColumnVisibilityChange: (updater) => {
      const next = typeof updater === 'function' ? updater(columnVisibility) : updater;
      const list = Object.keys(next).filter((id) => next[id] === false);
      setHidden(list);
      keep({ density, hidden: list });
    },
  });
  const ids = Object.keys(rowSelection);
  const toggle = (id: string, extend: boolean) => {
    const from = rows.findIndex((row) => row.id === anchor.current);
    const to = rows.findIndex((row) => row.id === id);
    const isOn = rowSelection[id] === true;
    anchor.current = id;
    setAllOf(null);
    const range =
      extend && from >= 0 ? rows.slice(Math.min(from, to), Math.max(from, to) + 1) : [rows[to]];
    setRowSelection((now) => {
      const next = { ...now };
      for (const row of range) {
        if (!row) continue;
        if (isOn && !extend) delete next[row.id];
        else next[row.id] = true;
      }
      return next;
    });
  };
  return {
    table,
    density,
    setDensity: (next: Density) => {
      setDensity(next);
      keep({ density: next, hidden });
    },
    isAll,
    selectAllMatching: () => setAllOf(filterKey),
    selectedCount: ids.length,
    isPageSelected: rows.length > 0 && rows.every((row) => rowSelection[row.id]),
    selection: (isAll ? { filter } : { ids }) satisfies Selection,
    toggle,
    clear: () => {
      setAllOf(null);
      setRowSelection({});
    },
  };
}
export type ExampleTable = ReturnType<typeof useExampleTable>;
