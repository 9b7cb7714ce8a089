'use client';

import { createContext, use, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { Keys } from './hotkey-keys';
import { type Command, GLOBAL_SCOPE, hotkeyStore } from './hotkey-store';

export const HotkeyScopeContext = createContext(GLOBAL_SCOPE);

export interface UseHotkeyOptions {
  id: string;
  keys: Keys;
  /** What it does, translated; stands in the keyboard sheet. */
  label: string;
  handler: (event: KeyboardEvent) => void;
  /** Where it works; the nearest `HotkeyScope` when left out. */
  scope?: string;
  enabled?: boolean;
  inFields?: boolean;
  repeat?: boolean;
}

/** Registers a key while the component is on the page. The handler may change on each render. */
export function useHotkey(options: UseHotkeyOptions): void {
  const nearest = use(HotkeyScopeContext);
  const { id, keys, label, enabled = true, inFields = false, repeat = false } = options;
  const scope = options.scope ?? nearest;
  const onKey = useEffectEvent((event: KeyboardEvent) => options.handler(event));
  useEffect(() => {
    if (!enabled) return;
    return hotkeyStore.add({
      id,
      keys,
      label,
      scope,
      inFields,
      repeat,
      handler: (event) => onKey(event),
    });
  }, [id, keys, label, scope, enabled, inFields, repeat]);
}

/** Offers commands in the palette (Ctrl+K) while the component is on the page. */
export function useCommands(commands: Command[]): void {
  const run = useEffectEvent((id: string) => commands.find((item) => item.id === id)?.run());
  const fingerprint = JSON.stringify(
    commands.map(({ id, label, group, hotkey }) => ({ id, label, group, hotkey })),
  );
  useEffect(() => {
    const listed = JSON.parse(fingerprint) as Omit<Command, 'run'>[];
    return hotkeyStore.addCommands(
      listed.map((command) => ({ ...command, run: () => run(command.id) })),
    );
  }, [fingerprint]);
}

/** Renders again whenever a key, a command or a setting changes. */
export function useHotkeyStore() {
  useSyncExternalStore(hotkeyStore.subscribe, hotkeyStore.version, () => 0);
  return hotkeyStore;
}
