'use client';

import { createColumnHelper } from '@tanstack/react-table';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { GridFeatures } from '../data-table/grid-features';
import {
  ChecksCell,
  NumberCell,
  StatusCell,
  TagsCell,
  TextCell,
  TopicCell,
  UpdatedCell,
} from './example-cells';
import { SelectAllBox, SelectBox } from './select-box';

const helper = createColumnHelper<GridFeatures, ExampleRow>();

/** The columns of the examples list. Narrow lists drop the lesser ones by themselves. */
export function useExampleColumns(onOpen: (id: string) => void) {
  const t = useTranslations('examples');
  return useMemo(() => {
    const label = (key: string) => t(`columns.${key}` as 'columns.number');
    const head = (key: string) => () => <span className="truncate">{label(key)}</span>;
    return helper.columns([
      helper.display({
        id: 'select',
        header: ({ table }) => <SelectAllBox table={table} />,
        cell: ({ row }) => <SelectBox row={row} />,
        meta: { label: label('select'), isFixed: true, className: 'w-12 shrink-0 max-sm:w-auto' },
      }),
      helper.accessor('number', {
        header: head('number'),
        cell: ({ row }) => <NumberCell row={row.original} onOpen={onOpen} />,
        meta: {
          label: label('number'),
          sortKey: 'number',
          isFixed: true,
          className: 'w-18 shrink-0 sm:@max-xl:w-14 max-sm:w-auto',
        },
      }),
      helper.accessor('status', {
        header: head('status'),
        cell: ({ row }) => <StatusCell row={row.original} />,
        meta: {
          label: label('status'),
          sortKey: 'status',
          isFixed: true,
          className: 'w-28 shrink-0 max-sm:w-auto sm:@max-xl:w-26',
        },
      }),
      helper.accessor('prompt', {
        header: head('prompt'),
        cell: ({ row }) => <TextCell row={row.original} part="prompt" />,
        meta: {
          label: label('prompt'),
          isEditable: true,
          className: 'min-w-24 flex-[3_1_0%] max-sm:col-span-full',
        },
      }),
      helper.accessor('reply', {
        header: head('reply'),
        cell: ({ row }) => <TextCell row={row.original} part="reply" />,
        meta: {
          label: label('reply'),
          isEditable: true,
          isFixed: true,
          className: 'min-w-32 flex-[4_1_0%] max-sm:col-span-full',
        },
      }),
      helper.accessor('topic', {
        header: head('topic'),
        cell: ({ row }) => <TopicCell row={row.original} />,
        meta: {
          label: label('topic'),
          sortKey: 'topic',
          isEditable: true,
          className: 'w-36 shrink-0 max-sm:col-span-full max-sm:w-auto sm:@max-4xl:hidden',
        },
      }),
      helper.accessor('tags', {
        header: head('tags'),
        cell: ({ row }) => <TagsCell row={row.original} />,
        meta: {
          label: label('tags'),
          isEditable: true,
          className: 'w-36 shrink-0 max-sm:hidden sm:@max-5xl:hidden',
        },
      }),
      helper.display({
        id: 'checks',
        header: head('checks'),
        cell: ({ row }) => <ChecksCell row={row.original} />,
        meta: {
          label: label('checks'),
          className: 'w-20 shrink-0 max-sm:hidden sm:@max-3xl:hidden',
        },
      }),
      helper.accessor('authorName', {
        id: 'author',
        header: head('author'),
        cell: ({ row }) => (
          <span className="truncate text-13 text-ink-2">{row.original.authorName}</span>
        ),
        meta: {
          label: label('author'),
          sortKey: 'author',
          className: 'w-32 shrink-0 max-sm:hidden sm:@max-5xl:hidden',
        },
      }),
      helper.accessor('updatedAt', {
        header: head('updatedAt'),
        cell: ({ row }) => <UpdatedCell row={row.original} />,
        meta: {
          label: label('updatedAt'),
          sortKey: 'updatedAt',
          className:
            'w-32 shrink-0 max-sm:col-start-4 max-sm:row-start-1 max-sm:w-auto sm:@max-4xl:hidden',
        },
      }),
    ]);
  }, [t, onOpen]);
}
