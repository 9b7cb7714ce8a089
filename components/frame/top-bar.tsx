'use client';

import { CircleHelp, Menu as MenuIcon, PanelLeft, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { openCommandPalette } from '../hotkeys/command-palette';
import { HotkeyKbd } from '../hotkeys/hotkey-kbd';
import { openKeyboardSheet } from '../hotkeys/keyboard-sheet';
import { Button } from '../ui/button';
import { IconButton } from '../ui/icon-button';

export interface TopBarProps {
  breadcrumbs: React.ReactNode;
  /** What stands between the path and the search, such as who else is here. */
  slot?: React.ReactNode;
  sidebarOpen: boolean;
  onToggleSidebar: () => void;
  onOpenNavigation: () => void;
}

/** Where I am, search, help. */
export function TopBar(props: TopBarProps) {
  const t = useTranslations('frame');
  return (
    <header
      data-print="hide"
      className="sticky top-0 z-20 flex h-11 items-center gap-1 border-b bg-canvas px-2 sm:px-4"
    >
      <IconButton
        label={t('openNavigation')}
        icon={<MenuIcon aria-hidden="true" />}
        className="lg:hidden"
        onClick={props.onOpenNavigation}
      />
      <IconButton
        label={props.sidebarOpen ? t('collapseSidebar') : t('expandSidebar')}
        aria-expanded={props.sidebarOpen}
        keys="["
        icon={<PanelLeft aria-hidden="true" />}
        className="max-lg:hidden"
        onClick={props.onToggleSidebar}
      />
      <div className="min-w-0 flex-1">{props.breadcrumbs}</div>
      {props.slot}
      <Button
        variant="quiet"
        size="small"
        aria-keyshortcuts="Control+K"
        icon={<Search aria-hidden="true" />}
        kbd={
          <span className="max-sm:hidden">
            <HotkeyKbd id="frame.palette" keys="mod+k" />
          </span>
        }
        onClick={openCommandPalette}
      >
        <span className="max-sm:sr-only">{t('search')}</span>
      </Button>
      <IconButton
        label={t('helpKeyboard')}
        keys="?"
        icon={<CircleHelp aria-hidden="true" />}
        onClick={openKeyboardSheet}
      />
    </header>
  );
}
