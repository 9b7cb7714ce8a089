'use client';

import { ChevronDown, ChevronUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { ExampleRow } from '@/lib/examples/example-queries';
import { HotkeyScope } from '../hotkeys/hotkey-scope';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Button } from '../ui/button';
import { EmptyState } from '../ui/empty-state';
import { IconButton } from '../ui/icon-button';
import { SidePanel } from '../ui/side-panel';
import { Skeleton } from '../ui/skeleton';
import { ExampleEditor } from './example-editor';
import { useExampleDetail } from './use-example-detail';
import type { ExamplesAddress } from './use-examples-url';

export interface ExamplePanelProps {
  number: number;
  rows: ExampleRow[];
  address: ExamplesAddress;
}

/** The open example beside the list, which keeps its place. */
export function ExamplePanel(props: ExamplePanelProps) {
  const t = useTranslations('examples');
  return (
    <HotkeyScope name="examples.panel" label={t('panel.keys')}>
      <PanelBody {...props} />
    </HotkeyScope>
  );
}

function PanelBody({ number, rows, address }: ExamplePanelProps) {
  const t = useTranslations('examples');
  const state = useExampleDetail(number, rows);
  const close = () => address.openExample(null);
  const index = rows.findIndex((row) => row.number === number);
  const before = rows[index - 1];
  const after = index < 0 ? rows[0] : rows[index + 1];
  const previous = before ? () => address.openExample(before.number) : undefined;
  const next = after ? () => address.openExample(after.number) : undefined;
  useWalkKeys({ previous, next, close });
  // The server does not know what this device keeps; the first drawing has to be the server's.
  const isOnDevice = useSyncExternalStore(
    () => () => undefined,
    () => true,
    () => false,
  );
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement?.closest('[role="grid"]')) top.current?.focus();
  }, []);
  const walk = (
    <>
      <IconButton
        size="small"
        label={t('panel.previous')}
        keys="K"
        icon={<ChevronUp aria-hidden="true" />}
        disabled={!previous}
        onClick={previous}
      />
      <IconButton
        size="small"
        label={t('panel.next')}
        keys="J"
        icon={<ChevronDown aria-hidden="true" />}
        disabled={!next}
        onClick={next}
      />
    </>
  );
  const title = t('panel.title', { number });
  if (state.kind === 'ready')
    return (
      <ExampleEditor
        key={`${state.detail.row.id}:${isOnDevice}`}
        isOnDevice={isOnDevice}
        detail={state.detail}
        title={title}
        walk={walk}
        top={top}
        address={address}
      />
    );
  return (
    <SidePanel title={title} label={title} actions={walk} onClose={close}>
      {state.kind === 'failed' ? (
        <EmptyState
          title={t('panel.missing')}
          description={state.message || t('save.offline')}
          action={<Button onClick={state.retry}>{t('panel.again')}</Button>}
        />
      ) : (
        <div aria-busy="true" className="flex flex-col gap-4">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-48 w-full" />
        </div>
      )}
    </SidePanel>
  );
}

function useWalkKeys(keys: {
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
  close: () => void;
}) {
  const t = useTranslations('examples');
  const down = { label: t('panel.next'), repeat: true, handler: () => keys.next?.() };
  const up = { label: t('panel.previous'), repeat: true, handler: () => keys.previous?.() };
  useHotkey({ id: 'examples.walk.next', keys: 'j', ...down });
  useHotkey({ id: 'examples.walk.previous', keys: 'k', ...up });
  useHotkey({ id: 'examples.walk.down', keys: 'arrowdown', ...down });
  useHotkey({ id: 'examples.walk.up', keys: 'arrowup', ...up });
  useHotkey({
    id: 'examples.panel.close',
    keys: 'escape',
    label: t('panel.close'),
    handler: keys.close,
  });
}
