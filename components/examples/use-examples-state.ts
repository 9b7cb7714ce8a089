'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { ExampleRow } from '@/lib/examples/example-queries';
import type { ExamplesViewProps } from './examples-view';
import { useCommitQueue } from './use-commit-queue';
import type { ExamplesAddress } from './use-examples-url';

/** What the page got from the server, and what came back since for single examples. */
export function useExamplesState(props: ExamplesViewProps, address: ExamplesAddress) {
  const { context, page, choices, opened } = props;
  const router = useRouter();
  const [newer, setNewer] = useState<Record<string, ExampleRow>>({});
  const [seen, setSeen] = useState(page);
  if (seen !== page) {
    // A fresh list knows all that it is not behind of.
    setSeen(page);
    const fresh = new Map(page.rows.map((row) => [row.id, row.version]));
    setNewer((rows) =>
      Object.fromEntries(
        Object.entries(rows).filter(([id, row]) => row.version > (fresh.get(id) ?? 0)),
      ),
    );
  }
  const onRow = useCallback(
    (row: ExampleRow) => setNewer((rows) => ({ ...rows, [row.id]: row })),
    [],
  );
  const [details, setDetails] = useState<Record<string, ExampleDetail>>(() =>
    opened ? { [opened.row.id]: opened } : {},
  );
  const onDetail = useCallback(
    (detail: ExampleDetail) => {
      setDetails((all) => ({ ...all, [detail.row.id]: detail }));
      onRow(detail.row);
    },
    [onRow],
  );
  const onWorkingCopy = useCallback(
    (id: string, revisionId: string, copy: ExampleDetail['workingCopy']) => {
      const hasWorkingCopy = copy !== null;
      setDetails((all) => {
        const detail = all[id];
        if (detail?.revision.id !== revisionId) return all;
        const row = { ...detail.row, hasWorkingCopy };
        return { ...all, [id]: { ...detail, row, workingCopy: copy } };
      });
      setNewer((all) => {
        const row = all[id] ?? page.rows.find((one) => one.id === id);
        return row?.currentRevisionId === revisionId
          ? { ...all, [id]: { ...row, hasWorkingCopy } }
          : all;
      });
    },
    [page.rows],
  );
  const { queue, commits } = useCommitQueue(context, onDetail);
  const rows = useMemo(
    () =>
      page.rows.map((row) => {
        const other = newer[row.id];
        return other && other.version >= row.version ? other : row;
      }),
    [page.rows, newer],
  );
  const state = useMemo(
    () => ({
      ...context,
      choices,
      queue,
      commits,
      query: address.url.q,
      onRow,
      onDetail,
      onWorkingCopy,
      details,
      onListChanged: () => router.refresh(),
    }),
    [
      context,
      choices,
      queue,
      commits,
      address.url.q,
      onRow,
      onDetail,
      details,
      onWorkingCopy,
      router,
    ],
  );
  return { state, rows };
}
