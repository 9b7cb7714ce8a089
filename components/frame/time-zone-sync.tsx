'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { TIME_ZONE_COOKIE } from '@/i18n/time-zone';
import { clientCookie, setClientCookie } from './client-cookie';

/** Tells the server the browser's time zone, so that both print the same times. */
export function TimeZoneSync() {
  const router = useRouter();
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone || clientCookie(TIME_ZONE_COOKIE) === zone) return;
    setClientCookie(TIME_ZONE_COOKIE, zone);
    router.refresh();
  }, [router]);
  return null;
}
