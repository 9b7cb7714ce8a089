'use client';

import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { ViewOptions } from '../data-table/view-options';
import { useHotkey } from '../hotkeys/use-hotkey';
import { FilterChips } from '../ui/chips';
import { Input } from '../ui/input';
import { FilterMenu } from './filter-menu';
import type { ExampleTable } from './use-example-table';
import type { ExamplesAddress } from './use-examples-url';
import { useFilterChips } from './use-filter-chips';

const SEARCH_PAUSE_MS = 300;

export interface FilterBarProps {
  address: ExamplesAddress;
  table: ExampleTable;
  count: number;
  total: number;
}

/** Search, filters that are on, how many match, and how the list looks. */
export function FilterBar({ address, table, count, total }: FilterBarProps) {
  const t = useTranslations('examples');
  const { chips, remove } = useFilterChips(address);
  return (
    <>
      <SearchField
        key={address.url.q === null ? 'empty' : 'search'}
        value={address.url.q ?? ''}
        onSearch={(q) => address.setFilter({ q })}
      />
      <FilterMenu address={address} />
      <div className="no-scrollbar min-w-0 flex-1 overflow-x-auto max-sm:hidden [&>div]:flex-nowrap">
        <FilterChips chips={chips} onRemove={remove} onClear={address.clearFilter} />
      </div>
      <span role="status" className="tabular shrink-0 text-13 text-ink-3 max-lg:sr-only">
        {count === total ? t('count', { count }) : t('countOf', { count, total })}
      </span>
      <ViewOptions
        table={table.table}
        density={table.density}
        onDensity={table.setDensity}
        labels={{
          button: t('view.button'),
          density: t('view.density'),
          compact: t('view.compact'),
          cosy: t('view.cosy'),
          columns: t('view.columns'),
        }}
      />
    </>
  );
}

function SearchField(props: { value: string; onSearch: (text: string | null) => void }) {
  const t = useTranslations('examples');
  const [text, setText] = useState(props.value);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useHotkey({
    id: 'examples.search',
    keys: '/',
    label: t('search'),
    handler: () => field.current?.focus(),
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (next: string, pause: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => props.onSearch(next.trim() || null), pause);
  };
  return (
    <Input
      ref={field}
      type="search"
      aria-label={t('search')}
      placeholder={t('searchHint')}
      icon={<Search aria-hidden="true" />}
      value={text}
      maxLength={200}
      className="w-64 shrink max-sm:min-w-0 max-sm:flex-1"
      onChange={(event) => {
        setText(event.currentTarget.value);
        search(event.currentTarget.value, SEARCH_PAUSE_MS);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') search(text, 0);
      }}
    />
  );
}
