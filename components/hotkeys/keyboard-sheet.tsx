'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { Switch } from '../ui/switch';
import { isModifier, keysOf, printKeys } from './hotkey-keys';
import type { Hotkey } from './hotkey-store';
import { useHotkey, useHotkeyStore } from './use-hotkey';

const OPEN_EVENT = 'open-keyboard-sheet';

/** Opens the keyboard sheet from a button; `?` does the same. */
export function openKeyboardSheet() {
  window.dispatchEvent(new Event(OPEN_EVENT));
}

/** Every key that works on this page; each can be changed, single keys can be turned off. */
export function KeyboardSheet() {
  const t = useTranslations('frame.keyboard');
  const [open, setOpen] = useState(false);
  useHotkey({ id: 'frame.keyboard', keys: '?', label: t('open'), handler: () => setOpen(true) });
  useEffect(() => {
    const show = () => setOpen(true);
    window.addEventListener(OPEN_EVENT, show);
    return () => window.removeEventListener(OPEN_EVENT, show);
  }, []);
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title={t('title')}
      description={t('description')}
      size="medium"
    >
      <SheetContent />
    </Dialog>
  );
}

function SheetContent() {
  const t = useTranslations('frame.keyboard');
  const store = useHotkeyStore();
  const [editing, setEditing] = useState<string | null>(null);
  const [taken, setTaken] = useState<string | null>(null);
  const change = (id: string, event: React.KeyboardEvent) => {
    if (isModifier(event.key) || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    setTaken(null);
    if (event.key === 'Escape') return setEditing(null);
    const keys = keysOf(event.nativeEvent);
    if (store.remap(id, keys)) setEditing(null);
    else setTaken(t('taken', { keys: printKeys(keys) }));
  };
  const hotkeys = store.active();
  return (
    <div className="flex flex-col gap-5">
      <Switch
        label={t('singleKeys')}
        hint={t('singleKeysHint')}
        checked={store.singleKeys}
        onCheckedChange={(on) => store.setSingleKeys(on)}
      />
      <p role="status" className="text-13 text-negative empty:hidden">
        {taken}
      </p>
      {store.activeScopes().map((scope) => {
        const listed = hotkeys.filter((hotkey) => hotkey.scope === scope.name);
        if (listed.length === 0) return null;
        return (
          <section key={scope.name} className="flex flex-col gap-1">
            <h3 className="text-12 font-medium text-ink-3">{scope.label || t('everywhere')}</h3>
            <ul>
              {listed.map((hotkey) => (
                <HotkeyRow
                  key={hotkey.id}
                  hotkey={hotkey}
                  keys={store.keysFor(hotkey)}
                  editing={editing === hotkey.id}
                  onEdit={() => setEditing(hotkey.id)}
                  onKeyDown={(event) => change(hotkey.id, event)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {store.isRemapped || !store.singleKeys ? (
        <Button className="self-start" onClick={() => store.resetAll()}>
          {t('reset')}
        </Button>
      ) : null}
    </div>
  );
}

interface HotkeyRowProps {
  hotkey: Hotkey;
  keys: string | null;
  editing: boolean;
  onEdit: () => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
}

function HotkeyRow({ hotkey, keys, editing, onEdit, onKeyDown }: HotkeyRowProps) {
  const t = useTranslations('frame.keyboard');
  return (
    <li className="flex min-h-9 items-center justify-between gap-4 border-b last:border-0">
      <span className="text-14">{hotkey.label}</span>
      <span className="flex items-center gap-2">
        {editing ? null : keys ? (
          <>
            <span className="sr-only">{printKeys(keys)}</span>
            <Kbd>{printKeys(keys)}</Kbd>
          </>
        ) : (
          <span className="text-13 text-ink-3">{t('off')}</span>
        )}
        <Button
          size="small"
          variant="quiet"
          aria-label={t('changeKey', { label: hotkey.label })}
          onClick={onEdit}
          onKeyDown={editing ? onKeyDown : undefined}
        >
          {editing ? t('pressKey') : t('change')}
        </Button>
      </span>
    </li>
  );
}
