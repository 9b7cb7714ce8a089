'use client';

import { Kbd } from '../ui/kbd';
import { printKeys } from './hotkey-keys';
import { useHotkeyStore } from './use-hotkey';

export interface HotkeyKbdProps {
  /** The hotkey's id. */
  id: string;
  /** Its key before anyone changed it; printed until the page is ready. */
  keys: string;
}

/** The key of a hotkey as it is now; nothing where it was turned off. */
export function HotkeyKbd({ id, keys }: HotkeyKbdProps) {
  const current = useHotkeyStore().keysFor({ id, keys });
  return current ? <Kbd>{printKeys(current)}</Kbd> : null;
}
