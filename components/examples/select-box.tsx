'use client';

import type { Row } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { GridFeatures } from '../data-table/grid-features';

const BOX = 'hit-area size-4 shrink-0 cursor-pointer';

/** Selects a row; with Shift all rows from the last one on. */
export function SelectBox({ row }: { row: Row<GridFeatures, ExampleRow> }) {
  const t = useTranslations('examples');
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      aria-label={t('select', { number: row.original.number })}
      checked={row.getIsSelected()}
      onChange={row.getToggleSelectedHandler()}
      className={BOX}
    />
  );
}

type Selectable = {
  getIsAllRowsSelected: () => boolean;
  getIsSomeRowsSelected: () => boolean;
  toggleAllRowsSelected: (value?: boolean) => void;
};

/** Selects all rows of this page. */
export function SelectAllBox({ table }: { table: Selectable }) {
  const t = useTranslations('examples');
  const all = table.getIsAllRowsSelected();
  const some = table.getIsSomeRowsSelected() && !all;
  return (
    <input
      type="checkbox"
      tabIndex={-1}
      ref={(box) => {
        if (box) box.indeterminate = some;
      }}
      aria-label={t('selectPage')}
      checked={all}
      onChange={() => table.toggleAllRowsSelected(!all)}
      className={BOX}
    />
  );
}
