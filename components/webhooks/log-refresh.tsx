'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

const REFRESH_MS = 2_000;
/** A worker that is not there keeps nobody's page busy. */
const MAX_TIMES = 30;

/** Reads the log again while a message is about to be sent. */
export function LogRefresh({ isBusy }: { isBusy: boolean }) {
  const router = useRouter();
  useEffect(() => {
    if (!isBusy) return;
    let times = 0;
    const timer = setInterval(() => {
      times += 1;
      if (times > MAX_TIMES) clearInterval(timer);
      else router.refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isBusy, router]);
  return null;
}
