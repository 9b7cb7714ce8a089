'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { openKeyboardSheet } from '../hotkeys/keyboard-sheet';
import { useCommands } from '../hotkeys/use-hotkey';
import {
  DATASET_SECTIONS,
  datasetHref,
  type FrameDataset,
  homeHref,
  WORKSPACE_PAGES,
  type WorkspacePage,
  workspaceHref,
} from './frame-links';
import { THEMES } from './theme';
import { useTheme } from './use-theme';

export interface FrameCommandsProps {
  workspace: string;
  datasets: FrameDataset[];
  nav?: readonly WorkspacePage[] | undefined;
}

/** Puts every page of the frame, the themes and the keyboard sheet into the palette. */
export function FrameCommands({ workspace, datasets, nav = WORKSPACE_PAGES }: FrameCommandsProps) {
  const t = useTranslations('frame');
  const router = useRouter();
  const [, setTheme] = useTheme();
  const goTo = (id: string, label: string, href: string) => ({
    id: `go:${id}`,
    label,
    group: t('palette.goTo'),
    run: () => router.push(href),
  });
  useCommands([
    goTo('home', t('home'), homeHref(workspace)),
    ...datasets.flatMap((dataset) =>
      DATASET_SECTIONS.map((section) =>
        goTo(
          `${dataset.id}:${section}`,
          `${dataset.name} · ${t(`section.${section}`)}`,
          datasetHref(workspace, dataset.id, section),
        ),
      ),
    ),
    ...nav.map((page) => goTo(page, t(page), workspaceHref(workspace, page))),
    goTo('account', t('account'), '/account'),
    ...THEMES.map((theme) => ({
      id: `theme:${theme}`,
      label: `${t('theme')}: ${t(`themes.${theme}`)}`,
      group: t('palette.appearance'),
      run: () => setTheme(theme),
    })),
    {
      id: 'keyboard',
      label: t('keyboard.open'),
      group: t('palette.actions'),
      hotkey: 'frame.keyboard',
      run: openKeyboardSheet,
    },
  ]);
  return null;
}
