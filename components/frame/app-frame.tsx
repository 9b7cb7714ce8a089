import { cookies } from 'next/headers';
import { FrameCommands } from './frame-commands';
import { FrameCrumbs } from './frame-crumbs';
import { FrameShell } from './frame-shell';
import { Sidebar, type SidebarProps } from './sidebar';
import { SIDEBAR_COOKIE } from './sidebar-cookie-name';
import { TimeZoneSync } from './time-zone-sync';

export interface AppFrameProps extends SidebarProps {
  /** A strip under the top bar, such as the sample workspace's. */
  banner?: React.ReactNode;
  /** Replaces the path that is read from the address. */
  breadcrumbs?: React.ReactNode;
  topBarSlot?: React.ReactNode;
  children: React.ReactNode;
}

/** What stands around every page of a signed-in person. Fetches nothing. */
export async function AppFrame(props: AppFrameProps) {
  const { banner, breadcrumbs, topBarSlot, children, ...sidebar } = props;
  const { current, datasets, nav } = sidebar;
  const sidebarOpen = (await cookies()).get(SIDEBAR_COOKIE)?.value !== 'closed';
  return (
    <FrameShell
      sidebar={<Sidebar {...sidebar} />}
      breadcrumbs={breadcrumbs ?? <FrameCrumbs current={current} datasets={datasets} />}
      banner={banner}
      topBarSlot={topBarSlot}
      sidebarOpen={sidebarOpen}
    >
      <FrameCommands workspace={current.slug} datasets={datasets} nav={nav} />
      <TimeZoneSync />
      {children}
    </FrameShell>
  );
}
