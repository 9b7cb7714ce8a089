'use client';

import { useEffect } from 'react';
import { CommandPalette } from './command-palette';
import { isFieldKey, isModifier, keysOf } from './hotkey-keys';
import { hotkeyStore } from './hotkey-store';
import { KeyboardSheet } from './keyboard-sheet';

const TEXT_FIELD =
  'textarea, select, [contenteditable=""], [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"], [type="submit"], [type="range"], [type="file"])';
const OVERLAY = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]';

/** Listens to the keyboard for the whole app; holds the keyboard sheet and the palette. */
export function HotkeyProvider({ children }: { children: React.ReactNode }) {
  useEffect(() => {
    hotkeyStore.load();
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <>
      {children}
      <KeyboardSheet />
      <CommandPalette />
    </>
  );
}

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.isComposing || isModifier(event.key)) return;
  const target = event.target instanceof Element ? event.target : null;
  const keys = keysOf(event);
  const hotkey = hotkeyStore.find(keys);
  if (!hotkey || (event.repeat && !hotkey.repeat)) return;
  if (target?.closest(TEXT_FIELD) && isFieldKey(keys) && !hotkey.inFields) return;
  // Something that lies over the page has the keyboard, unless it brought keys of its own.
  const exclusive = hotkeyStore.activeScopes()[0]?.exclusive ?? false;
  if (target?.closest(OVERLAY) && !exclusive) return;
  event.preventDefault();
  hotkey.handler(event);
}
