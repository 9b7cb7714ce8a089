'use client';

import { useTranslations } from 'next-intl';
import { type RefObject, useState } from 'react';
import type { ExampleDetail } from '@/lib/examples/example-detail';
import { ReLoginDialog } from '../accounts/re-login-dialog';
import { useHotkey } from '../hotkeys/use-hotkey';
import { SidePanel } from '../ui/side-panel';
import { StatusDot } from '../ui/status-dot';
import { Tabs } from '../ui/tabs';
import { DescriptionFields } from './description-fields';
import { useExamples } from './examples-context';
import { PanelActions, PanelMenu } from './panel-actions';
import { PanelNotices } from './panel-notices';
import { RevisionHistory } from './revision-history';
import { SaveLine } from './save-state';
import { STATUS_TONE } from './status-tone';
import { TextFields } from './text-fields';
import { useDraft } from './use-draft';
import { useExampleMoves } from './use-example-moves';
import type { ExamplesAddress } from './use-examples-url';
import { WindowConflict } from './window-conflict';

export interface ExampleEditorProps {
  detail: ExampleDetail;
  /** What this device keeps may be read. */
  isOnDevice: boolean;
  title: string;
  walk: React.ReactNode;
  top: RefObject<HTMLDivElement | null>;
  address: ExamplesAddress;
}

/** One example to read, write, and move on. */
export function ExampleEditor(props: ExampleEditorProps) {
  const { detail, title, walk, top, address } = props;
  const t = useTranslations('examples');
  const { commits, queue, userId } = useExamples();
  const draft = useDraft(detail, props.isOnDevice);
  const moves = useExampleMoves(detail, draft, address);
  const [ignored, setIgnored] = useState<unknown>(null);
  const commit = commits.get(detail.row.id);
  const { saveState, saver } = draft;
  useHotkey({
    id: 'examples.save',
    keys: 'mod+enter',
    label: t('panel.save'),
    inFields: true,
    handler: () => void draft.save(),
  });
  useHotkey({
    id: 'examples.save.s',
    keys: 'mod+s',
    label: t('panel.save'),
    inFields: true,
    handler: () => void draft.save(),
  });
  const retry = () => (commit ? queue.retry(detail.row.id) : void saver.flush());
  const isSignedOut = saveState.kind === 'failed' && saveState.why === 'signedOut';
  return (
    <SidePanel
      label={title}
      title={
        <span className="flex items-center gap-3">
          {title}
          <StatusDot tone={STATUS_TONE[detail.row.status]} className="font-normal">
            {t(`status.${detail.row.status}`)}
          </StatusDot>
        </span>
      }
      actions={
        <>
          {walk}
          <PanelMenu detail={detail} moves={moves} />
        </>
      }
      onClose={() => address.openExample(null)}
      footer={
        <>
          <SaveLine state={saveState} commit={commit} isChanged={draft.isChanged} onRetry={retry} />
          <PanelActions detail={detail} draft={draft} moves={moves} />
        </>
      }
    >
      <div ref={top} data-panel-top tabIndex={-1} className="outline-none">
        <PanelNotices detail={detail} draft={draft} />
        <Tabs
          label={title}
          items={[
            {
              value: 'text',
              label: t('panel.text'),
              content: (
                <div className="flex flex-col gap-6">
                  <TextFields detail={detail} draft={draft} />
                  <DescriptionFields key={detail.row.version} detail={detail} />
                </div>
              ),
            },
            {
              value: 'history',
              label: t('panel.history', { count: detail.revision.ordinal }),
              content: <RevisionHistory key={detail.revision.id} detail={detail} draft={draft} />,
            },
          ]}
        />
      </div>
      <WindowConflict draft={draft} />
      <ReLoginDialog
        open={isSignedOut && ignored !== saveState}
        onOpenChange={(open) => setIgnored(open ? null : saveState)}
        userId={userId}
        onSignedIn={() => void saver.flush()}
      />
    </SidePanel>
  );
}
