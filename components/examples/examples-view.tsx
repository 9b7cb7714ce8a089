'use client';

import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { ExamplePage } from '@/lib/examples/example-queries';
import { ConflictDialog } from './conflict-dialog';
import { ExamplePanel } from './example-panel';
import { type Choices, ExamplesContext, type ExamplesContextValue } from './examples-context';
import { ExamplesList } from './examples-list';
import { LocalCopiesNotice } from './local-copies-notice';
import { NewExamplePanel } from './new-example-panel';
import { SessionGuard } from './session-guard';
import { useExamplesState } from './use-examples-state';
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
  const address = useExamplesUrl();
  const { state, rows } = useExamplesState(props, address);
  const { open } = address.url;
  return (
    <ExamplesContext value={state}>
      {/* Fills the window and scrolls inside; "flex-1" would take the height of all rows as its basis. */}
      <div className="flex h-0 min-h-96 grow overflow-hidden max-sm:h-auto max-sm:flex-col max-sm:overflow-visible">
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
