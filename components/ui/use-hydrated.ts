'use client';

import { useSyncExternalStore } from 'react';

const never = () => () => {};

/** False on the server and until the page listens; what is typed before that nobody would hear. */
export const useHydrated = (): boolean =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
