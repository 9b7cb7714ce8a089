'use client';

import { useSyncExternalStore } from 'react';
import { clientCookie, setClientCookie } from './client-cookie';
import { isTheme, THEME_COOKIE, type Theme } from './theme';

const listeners = new Set<() => void>();

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function current(): Theme {
  const value = clientCookie(THEME_COOKIE);
  return isTheme(value) ? value : 'system';
}

function setTheme(theme: Theme) {
  setClientCookie(THEME_COOKIE, theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const listener of listeners) listener();
}

/** The theme of this browser and the way to change it; at once, without a reload. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, current, () => 'system' as Theme), setTheme];
}
