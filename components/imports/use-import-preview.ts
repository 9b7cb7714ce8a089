'use client';

import { useEffect, useRef, useState } from 'react';
import type { ImportPreview } from '@/lib/imports/import-queries';
import type { Mapping } from '@/lib/imports/import-schema';

const WAIT_MS = 150;

/** The first rows under the mapping as it is chosen now; begins with what the server sent. */
export function useImportPreview(address: string, mapping: Mapping, initial: ImportPreview) {
  const [shown, setShown] = useState({ initial, preview: initial });
  const [state, setState] = useState<'ready' | 'updating' | 'failed'>('ready');
  const key = JSON.stringify(mapping);
  const loaded = useRef(key);
  // A changed reading comes with rows of its own.
  if (shown.initial !== initial) setShown({ initial, preview: initial });

  useEffect(() => {
    if (loaded.current === key) return;
    const controller = new AbortController();
    const load = async () => {
      setState('updating');
      try {
        const response = await fetch(`${address}?mapping=${encodeURIComponent(key)}`, {
          signal: controller.signal,
        });
        if (!response.ok) throw new Error(String(response.status));
        const preview = (await response.json()) as ImportPreview;
        loaded.current = key;
        setShown((before) => ({ ...before, preview }));
        setState('ready');
      } catch {
        if (!controller.signal.aborted) setState('failed');
      }
    };
    const timer = setTimeout(() => void load(), WAIT_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [address, key]);

  return { preview: shown.preview, state };
}
