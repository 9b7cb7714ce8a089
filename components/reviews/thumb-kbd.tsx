'use client';

import { HotkeyKbd, type HotkeyKbdProps } from '../hotkeys/hotkey-kbd';

/** The key on a button of the bar; left out on a phone, which has no keys and little room. */
export function ThumbKbd(props: HotkeyKbdProps) {
  return (
    <span className="contents max-sm:hidden">
      <HotkeyKbd {...props} />
    </span>
  );
}
