'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useHotkey } from '../hotkeys/use-hotkey';
import { Drawer } from '../ui/drawer';
import { setClientCookie } from './client-cookie';
import { OfflineStrip } from './offline-strip';
import { SIDEBAR_COOKIE } from './sidebar-cookie-name';
import { TopBar } from './top-bar';

export interface FrameShellProps {
  sidebar: React.ReactNode;
  breadcrumbs: React.ReactNode;
  banner?: React.ReactNode;
  topBarSlot?: React.ReactNode;
  sidebarOpen: boolean;
  children: React.ReactNode;
}

/** Places sidebar, top bar and page; remembers whether the sidebar is shown. */
export function FrameShell(props: FrameShellProps) {
  const t = useTranslations('frame');
  const [open, setOpen] = useState(props.sidebarOpen);
  const toggle = () => {
    setClientCookie(SIDEBAR_COOKIE, open ? 'closed' : 'open');
    setOpen(!open);
  };
  useHotkey({
    id: 'frame.sidebar',
    keys: '[',
    label: open ? t('collapseSidebar') : t('expandSidebar'),
    handler: toggle,
  });
  return (
    <div className="flex min-h-dvh">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:start-3 focus:top-2 focus:z-50 focus:rounded-control focus:bg-surface focus:px-3 focus:py-1.5 focus:shadow-float"
      >
        {t('skipToContent')}
      </a>
      {open ? (
        <div
          data-print="hide"
          className="sticky top-0 h-dvh w-58 shrink-0 border-e bg-sunken max-lg:hidden"
        >
          {props.sidebar}
        </div>
      ) : null}
      <div className="flex min-w-0 flex-1 flex-col">
        <FrameNavigation sidebar={props.sidebar}>
          {(openNavigation) => (
            <TopBar
              breadcrumbs={props.breadcrumbs}
              slot={props.topBarSlot}
              sidebarOpen={open}
              onToggleSidebar={toggle}
              onOpenNavigation={openNavigation}
            />
          )}
        </FrameNavigation>
        {props.banner}
        <OfflineStrip />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
          {props.children}
        </main>
      </div>
    </div>
  );
}

/** The sidebar as a drawer on small screens; it closes when the page changes. */
function FrameNavigation(props: {
  sidebar: React.ReactNode;
  children: (open: () => void) => React.ReactNode;
}) {
  const t = useTranslations('frame');
  const pathname = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  return (
    <>
      {props.children(() => setOpenAt(pathname))}
      <Drawer
        open={openAt === pathname}
        onOpenChange={(open) => setOpenAt(open ? pathname : null)}
        title={t('mainNavigation')}
        hideTitle
        side="start"
        className="w-72! bg-sunken!"
      >
        {props.sidebar}
      </Drawer>
    </>
  );
}
