'use client';

import { ChevronsUpDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Menu, MenuChoices } from '../ui/menu';
import { type FrameWorkspace, homeHref } from './frame-links';

export interface WorkspaceSwitcherProps {
  workspaces: FrameWorkspace[];
  current: FrameWorkspace;
}

/** The workspace that everything on the page belongs to, and the way to another one. */
export function WorkspaceSwitcher({ workspaces, current }: WorkspaceSwitcherProps) {
  const t = useTranslations('frame');
  const router = useRouter();
  return (
    <Menu
      trigger={
        <button
          type="button"
          className="flex min-h-8 w-full min-w-0 items-center gap-2 rounded-control px-1.5 py-1 text-start hover:bg-hover data-popup-open:bg-hover"
        >
          <WorkspaceMark name={current.name} />
          <span className="sr-only">{t('switchWorkspace')}: </span>
          <span className="min-w-0 flex-1 truncate text-14 font-semibold">{current.name}</span>
          <ChevronsUpDown aria-hidden="true" className="text-ink-3" />
        </button>
      }
    >
      <MenuChoices
        label={t('workspaces')}
        value={current.slug}
        options={workspaces.map((workspace) => ({
          value: workspace.slug,
          label: `${workspace.name} · ${t(`role.${workspace.role}`)}`,
          icon: <WorkspaceMark name={workspace.name} />,
        }))}
        onValueChange={(slug) => router.push(homeHref(slug))}
      />
    </Menu>
  );
}

function WorkspaceMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-5 shrink-0 items-center justify-center rounded-[5px] bg-accent text-12 font-semibold text-on-accent"
    >
      {[...name.trim()][0]?.toUpperCase() ?? '·'}
    </span>
  );
}
