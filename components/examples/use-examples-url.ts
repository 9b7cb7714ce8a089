'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useTransition } from 'react';
import type { ExampleFilter, ExampleSort, SortKey } from '@/lib/examples/example-schema';
import { exampleParsers, serializeExampleUrl, toFilter } from '@/lib/examples/example-url';

/** The address of the page and the ways to change it. A changed filter begins at the first page. */
export function useExamplesUrl() {
  const [isPending, startTransition] = useTransition();
  const [url, setUrl] = useQueryStates(exampleParsers, {
    history: 'push',
    shallow: false,
    scroll: false,
    startTransition,
  });
  const setFilter = useCallback(
    (change: { [Key in keyof ExampleFilter]?: NonNullable<ExampleFilter[Key]> | null }) => {
      const { importId, ...rest } = change;
      void setUrl({ ...rest, ...(importId === undefined ? {} : { import: importId }), at: null });
    },
    [setUrl],
  );
  const clearFilter = useCallback(
    () =>
      void setUrl({
        status: null,
        topic: null,
        tag: null,
        author: null,
        rule: null,
        blocker: null,
        import: null,
        q: null,
        at: null,
      }),
    [setUrl],
  );
  const openExample = useCallback(
    (open: number | 'new' | null) => void setUrl({ open }, { shallow: true, history: 'replace' }),
    [setUrl],
  );
  const sortBy = (key: string) => {
    const isSame = url.sort.key === key;
    const direction = isSame
      ? url.sort.direction === 'asc'
        ? 'desc'
        : 'asc'
      : key === 'number' || key === 'updatedAt'
        ? 'desc'
        : 'asc';
    const sort: ExampleSort = { key: key as SortKey, direction };
    void setUrl({ sort, at: null });
  };
  /** The address of another page of the same list. */
  const pageHref = (at: string | null) => serializeExampleUrl('', { ...url, at }) || '?';
  return {
    url,
    filter: toFilter(url),
    isPending,
    setFilter,
    clearFilter,
    openExample,
    sortBy,
    pageHref,
  };
}
export type ExamplesAddress = ReturnType<typeof useExamplesUrl>;
