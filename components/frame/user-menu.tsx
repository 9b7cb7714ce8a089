'use client';

import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Avatar } from '../ui/avatar';
import { Menu, MenuChoices, MenuItem, MenuLink, MenuSeparator } from '../ui/menu';
import type { FrameUser } from './frame-links';
import { useSignOut } from './sign-out';
import { THEMES } from './theme';
import { useTheme } from './use-theme';

export interface UserMenuProps {
  user: FrameUser;
  signOut: (form: FormData) => unknown;
}

const THEME_ICON = { system: Monitor, light: Sun, dark: Moon };

/** Who is signed in, their account, the theme, and the way out. */
export function UserMenu({ user, signOut }: UserMenuProps) {
  const t = useTranslations('frame');
  const [theme, setTheme] = useTheme();
  const leaving = useSignOut(user.id, signOut);
  return (
    <>
      {leaving.parts}
      <Menu
        side="top"
        trigger={
          <button
            type="button"
            className="flex min-h-10 w-full min-w-0 items-center gap-2.5 rounded-control px-1.5 text-start hover:bg-hover data-popup-open:bg-hover"
          >
            <span className="sr-only">{t('account')}: </span>
            <Avatar name={user.name} />
            <span className="min-w-0 flex-1 leading-4">
              <span className="block truncate text-13 font-medium">{user.name}</span>
              <span className="block truncate text-12 text-ink-3">{user.email}</span>
            </span>
          </button>
        }
      >
        <MenuLink href="/account" icon={<UserRound aria-hidden="true" />}>
          {t('account')}
        </MenuLink>
        <MenuSeparator />
        <MenuChoices
          label={t('theme')}
          value={theme}
          options={THEMES.map((value) => {
            const Icon = THEME_ICON[value];
            return { value, label: t(`themes.${value}`), icon: <Icon aria-hidden="true" /> };
          })}
          onValueChange={setTheme}
        />
        <MenuSeparator />
        <MenuItem icon={<LogOut aria-hidden="true" />} onClick={leaving.ask}>
          {t('signOut')}
        </MenuItem>
      </Menu>
    </>
  );
}
