'use client';

import { useEffect } from 'react';
import { hotkeyStore } from './hotkey-store';
import { HotkeyScopeContext } from './use-hotkey';

export interface HotkeyScopeProps {
  /** Unique among the scopes on the page, such as `review`. */
  name: string;
  /** The heading of its keys in the keyboard sheet, translated. */
  label: string;
  /** Keeps the keys of outer scopes from firing, as in a dialog. */
  exclusive?: boolean;
  children: React.ReactNode;
}

/** Keys registered inside go before those of the page around it. */
export function HotkeyScope({ name, label, exclusive = false, children }: HotkeyScopeProps) {
  useEffect(() => hotkeyStore.pushScope(name, label, exclusive), [name, label, exclusive]);
  return <HotkeyScopeContext value={name}>{children}</HotkeyScopeContext>;
}
