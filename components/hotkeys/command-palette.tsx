'use client';

import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { cn } from '../ui/cn';
import { ITEM } from '../ui/control-class';
import { BACKDROP, DIALOG_POPUP } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { printKeys } from './hotkey-keys';
import type { Command } from './hotkey-store';
import { useHotkey, useHotkeyStore } from './use-hotkey';

const OPEN_EVENT = 'open-command-palette';

/** Opens the palette from a button; Ctrl+K does the same. */
export function openCommandPalette() {
  window.dispatchEvent(new Event(OPEN_EVENT));
}

/** Ctrl+K: go anywhere and do anything that this page offers, by its name. */
export function CommandPalette() {
  const t = useTranslations('frame.palette');
  const [open, setOpen] = useState(false);
  useHotkey({ id: 'frame.palette', keys: 'mod+k', label: t('open'), handler: () => setOpen(true) });
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(OPEN_EVENT, show);
    return () => window.removeEventListener(OPEN_EVENT, show);
  }, []);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP} />
        <Dialog.Viewport className="fixed inset-0 z-40 flex items-start justify-center p-4 pt-[12vh]">
          <Dialog.Popup
            aria-label={t('title')}
            className={cn(DIALOG_POPUP, 'max-h-96 max-w-xl overflow-hidden')}
          >
            <PaletteContent close={() => setOpen(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface CommandGroup {
  value: string;
  items: Command[];
}

function PaletteContent({ close }: { close: () => void }) {
  const t = useTranslations('frame.palette');
  const store = useHotkeyStore();
  const groups: CommandGroup[] = [...Map.groupBy(store.commands(), (command) => command.group)].map(
    ([value, items]) => ({ value, items }),
  );
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden="true" className="text-ink-3" />
        <Autocomplete.Input
          aria-label={t('search')}
          placeholder={t('placeholder')}
          className="h-12 w-full bg-transparent text-16 outline-none"
        />
      </div>
      <Dialog.Close className="sr-only">{t('close')}</Dialog.Close>
      <div className="overflow-y-auto overscroll-contain p-1.5">
        <Autocomplete.Empty className="px-2 py-6 text-center text-14 text-ink-3 empty:hidden">
          {t('empty')}
        </Autocomplete.Empty>
        <Autocomplete.List>
          {(group: CommandGroup) => (
            <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-2">
              <Autocomplete.GroupLabel className="px-2 py-1.5 text-12 font-medium text-ink-3">
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(command: Command) => (
                  <PaletteItem key={command.id} command={command} close={close} />
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}

function PaletteItem({ command, close }: { command: Command; close: () => void }) {
  const store = useHotkeyStore();
  const hotkey = command.hotkey ? store.byId(command.hotkey) : undefined;
  const keys = hotkey ? store.keysFor(hotkey) : null;
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => {
        close();
        command.run();
      }}
      className={cn(ITEM, 'text-14')}
    >
      <span className="min-w-0 flex-1 truncate">{command.label}</span>
      {keys ? <Kbd>{printKeys(keys)}</Kbd> : null}
    </Autocomplete.Item>
  );
}
