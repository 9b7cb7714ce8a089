'use client';

import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void) {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** A quiet line that stays for as long as there is no connection. */
export function OfflineStrip() {
  const t = useTranslations('frame');
  const online = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  return (
    <div role="status" data-print="hide">
      {online ? null : (
        <p className="flex items-center gap-2 bg-caution-soft px-4 py-1.5 text-13 text-ink sm:px-6">
          <WifiOff aria-hidden="true" className="text-caution" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
