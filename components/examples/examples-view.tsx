'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { ExamplePage, ExampleRow } from '@/lib/examples/example-queries';
import { ConflictDialog } from './conflict-dialog';
import { ExamplePanel } from './example-panel';
import { type Choices, ExamplesContext, type ExamplesContextValue } from './examples-context';
import { ExamplesList } from './examples-list';
import { LocalCopiesNotice } from './local-copies-notice';
import { NewExamplePanel } from './new-example-panel';
import { SessionGuard } from './session-guard';
import { useCommitQueue } from './use-commit-queue';
import { useExamplesUrl } from './use-examples-url';
import type { ExamplesViewSettings } from './view-cookie';

export interface ExamplesViewProps {
  context: ExamplesContextValue;
  page: ExamplePage;
  /** How many match, and how many there are. */
  count: number;
  total: number;
  choices: Choices;
  opened: ExampleDetail | null;
  view: ExamplesViewSettings;
}

/** The examples of a dataset: the list, and beside it the one that is open. */
export function ExamplesView(props: ExamplesViewProps) {
  const { context, page, choices, opened } = props;
  const router = useRouter();
  const address = useExamplesUrl();
  const [newer, setNewer] = useState<Record<string, ExampleRow>>({});
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
      details,
      onListChanged: () => router.refresh(),
    }),
    [context, choices, queue, commits, address.url.q, onRow, onDetail, details, router],
  );
  const { open } = address.url;
  return (
    <ExamplesContext value={state}>
      <div className="flex h-0 min-h-96 flex-1 overflow-hidden max-sm:h-auto max-sm:flex-col max-sm:overflow-visible">
        <div className="flex min-w-0 flex-1 flex-col">
          <LocalCopiesNotice openNumber={open} onOpen={address.openExample} />
          <ExamplesList {...props} rows={rows} address={address} />
        </div>
        {open === 'new' ? <NewExamplePanel address={address} /> : null}
        {typeof open === 'number' ? (
          <ExamplePanel number={open} rows={rows} address={address} />
        ) : null}
      </div>
      <ConflictDialog />
      <SessionGuard />
    </ExamplesContext>
  );
}
