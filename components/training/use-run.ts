'use client';

import { useEffect, useRef, useState } from 'react';
import type { RunView } from '@/lib/training/run-queries';
import { finishedStates } from '@/lib/training/run-schema';

/** A run as it comes out of JSON: every time is a string. */
type Jsonified<T> = T extends Date
  ? string
  : T extends object
    ? { [K in keyof T]: Jsonified<T[K]> }
    : T;
export type LiveRun = Jsonified<RunView>;

const POLL_MS = 3_000;

export const isFinished = (run: Pick<LiveRun, 'state'>): boolean =>
  finishedStates.includes(run.state);

/** A run, live: a stream, and polling while that is interrupted. Ends with the run. */
export function useRun(initial: LiveRun): { run: LiveRun; isStale: boolean } {
  const [run, setRun] = useState(initial);
  const [isStale, setStale] = useState(false);
  const finished = useRef(isFinished(initial));
  useEffect(() => {
    if (finished.current) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const address = `/api/runs/${initial.id}/events`;
    const stream = new EventSource(address);
    const take = (next: LiveRun) => {
      if (over) return;
      setRun(next);
      setStale(false);
      if (!isFinished(next)) return;
      over = true;
      stream.close();
      clearTimeout(timer);
    };
    const poll = async () => {
      if (over) return;
      try {
        const response = await fetch(`${address}?once=1`, { cache: 'no-store' });
        if (response.ok) take((await response.json()) as LiveRun);
      } catch {
        setStale(true);
      }
      if (!over && stream.readyState !== EventSource.OPEN) timer = setTimeout(poll, POLL_MS);
    };
    stream.onmessage = (event) => take(JSON.parse(event.data) as LiveRun);
    stream.onerror = () => {
      clearTimeout(timer);
      timer = setTimeout(poll, POLL_MS);
    };
    return () => {
      over = true;
      stream.close();
      clearTimeout(timer);
    };
  }, [initial.id]);
  return { run, isStale };
}
