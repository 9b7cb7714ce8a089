'use client';

import { useEffect, useRef, useState } from 'react';
import type { JobView } from '@/lib/jobs';

/** A job as the server sends it: its times are dates in a page and texts in a stream. */
export type LiveJob = Omit<JobView, Times> & { [time in Times]: Date | string | null };
type Times = 'createdAt' | 'startedAt' | 'finishedAt' | 'cancelRequestedAt';

/** What is polled while the stream is lost, in milliseconds. */
const POLL_MS = 2_000;

export const hasEnded = (job: Pick<LiveJob, 'state'>): boolean =>
  job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';

/**
 * A job, live: a stream, and polling while that is interrupted. `onEnd` is called once, when the
 * job ends while it is watched. Without `initial` the job is null until the first answer.
 */
export function useJob(
  workspace: string,
  jobId: string,
  options: { initial?: LiveJob | undefined; onEnd?: ((job: LiveJob) => void) | undefined } = {},
): { job: LiveJob | null; isStale: boolean; cancel: () => Promise<boolean> } {
  const [job, setJob] = useState<LiveJob | null>(options.initial ?? null);
  const [isStale, setStale] = useState(false);
  const ended = useRef(options.onEnd);
  useEffect(() => {
    ended.current = options.onEnd;
  });
  const address = `/api/w/${encodeURIComponent(workspace)}/jobs/${encodeURIComponent(jobId)}`;

  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stream = new EventSource(`${address}/events`);
    const take = (next: LiveJob) => {
      if (over) return;
      setJob(next);
      setStale(false);
      if (!hasEnded(next)) return;
      over = true;
      stream.close();
      clearTimeout(timer);
      ended.current?.(next);
    };
    const poll = async () => {
      clearTimeout(timer);
      try {
        const response = await fetch(address, { cache: 'no-store' });
        if (response.ok) take((await response.json()) as LiveJob);
        else setStale(true);
      } catch {
        setStale(true);
      }
      if (!over && stream.readyState !== EventSource.OPEN) timer = setTimeout(poll, POLL_MS);
    };
    stream.onmessage = (message) => take(JSON.parse(message.data as string) as LiveJob);
    stream.onopen = () => clearTimeout(timer);
    stream.onerror = () => void poll();
    return () => {
      over = true;
      stream.close();
      clearTimeout(timer);
    };
  }, [address]);

  const cancel = async () => {
    const response = await fetch(`${address}/cancel`, { method: 'POST' }).catch(() => null);
    // 404: it has ended meanwhile, which the stream tells.
    return response !== null && (response.ok || response.status === 404);
  };
  return { job, isStale, cancel };
}
