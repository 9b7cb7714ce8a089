'use client';

import { Plus, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import type { ExamplePage, ExampleRow } from '@/lib/examples/example-queries';
import { DataGrid, type DataGridHandle } from '../data-table/data-grid';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { useCommands, useHotkey } from '../hotkeys/use-hotkey';
import { Button, LinkButton } from '../ui/button';
import { PageHeader } from '../ui/page-header';
import { Pagination } from '../ui/pagination';
import { BulkBar } from './bulk-bar';
import { CellEditor } from './cell-editor';
import { isEditablePart } from './cell-text';
import { useExamples } from './examples-context';
import { ExamplesEmpty } from './examples-empty';
import { FilterBar } from './filter-bar';
import { useCellEditing } from './use-cell-editing';
import { useExampleTable } from './use-example-table';
import type { ExamplesAddress } from './use-examples-url';
import type { ExamplesViewSettings } from './view-cookie';

export interface ExamplesListProps {
  page: ExamplePage;
  rows: ExampleRow[];
  count: number;
  total: number;
  view: ExamplesViewSettings;
  address: ExamplesAddress;
}

/** Head, filter or bulk bar, grid and page numbers. */
export function ExamplesList(props: ExamplesListProps) {
  const { page, rows, count, total, address } = props;
  const t = useTranslations('examples');
  const { isArchived } = useExamples();
  const grid = useRef<DataGridHandle>(null);
  const byId = (id: string) => rows.find((row) => row.id === id);
  const editing = useCellEditing({ rows, grid, openExample: address.openExample });
  const table = useExampleTable({
    rows,
    view: props.view,
    filter: address.filter,
    onOpen: (id) => address.openExample(byId(id)?.number ?? null),
  });
  const openRow = rows.find((row) => row.number === address.url.open);
  return (
    <>
      <ListHead canCreate={!isArchived} onNew={() => address.openExample('new')} />
      <div className="flex h-11 shrink-0 items-center gap-2 border-b px-4 sm:px-6">
        {table.selectedCount > 0 ? (
          <BulkBar selection={table} count={count} filter={address.filter} />
        ) : (
          <FilterBar address={address} count={count} total={total} table={table} />
        )}
      </div>
      <DataGrid
        ref={grid}
        table={table.table}
        label={t('list')}
        rowLabel={(row) => t('rowLabel', { number: row.number, status: t(`status.${row.status}`) })}
        rowCount={count}
        firstIndex={page.at}
        density={table.density}
        sort={address.url.sort}
        onSort={address.sortBy}
        openRowId={openRow?.id ?? null}
        onOpen={(id) => address.openExample(byId(id)?.number ?? null)}
        editing={editing.place}
        onEdit={(place) => {
          if (place.rowId === openRow?.id) focusPanel();
          else if (!isArchived) editing.start(place);
        }}
        renderEditor={(row, place) =>
          isEditablePart(place.columnId) ? (
            <CellEditor
              key={place.columnId}
              row={row}
              part={place.columnId}
              whole={editing.whole}
              onDone={editing.leave}
            />
          ) : null
        }
        onToggle={table.toggle}
        onSelectAll={() => table.table.toggleAllRowsSelected(true)}
        isPending={address.isPending}
        empty={<ExamplesEmpty total={total} address={address} />}
      />
      {rows.length > 0 ? (
        <div className="shrink-0 border-t px-4 sm:px-6">
          <Pagination
            previous={page.previous ? address.pageHref(page.previous) : undefined}
            next={page.next ? address.pageHref(page.next) : undefined}
            summary={t('range', { from: page.at + 1, to: page.at + rows.length, count })}
          />
        </div>
      ) : null}
    </>
  );
}

/** One example is edited in one place: the open one in the panel. */
const focusPanel = () => document.querySelector<HTMLElement>('[data-panel-top]')?.focus();

function ListHead({ canCreate, onNew }: { canCreate: boolean; onNew: () => void }) {
  const t = useTranslations('examples');
  useHotkey({
    id: 'examples.new',
    keys: 'n',
    label: t('new'),
    handler: onNew,
    enabled: canCreate,
  });
  useCommands(
    canCreate
      ? [
          {
            id: 'examples.new',
            label: t('new'),
            group: t('title'),
            hotkey: 'examples.new',
            run: onNew,
          },
        ]
      : [],
  );
  return (
    <div className="shrink-0 px-4 pt-5 pb-3 sm:px-6">
      <PageHeader
        title={t('title')}
        actions={
          canCreate ? (
            <>
              <LinkButton href="./import" icon={<Upload aria-hidden="true" />}>
                {t('import')}
              </LinkButton>
              <Button
                variant="primary"
                icon={<Plus aria-hidden="true" />}
                kbd={<HotkeyKbd id="examples.new" keys="n" />}
                onClick={onNew}
              >
                {t('new')}
              </Button>
            </>
          ) : undefined
        }
      />
    </div>
  );
}
