'use client';

import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useSyncExternalStore } from 'react';
import { Breadcrumbs, type Crumb } from '../ui/breadcrumbs';
import {
  datasetHref,
  type FrameDataset,
  type FrameWorkspace,
  homeHref,
  placeOf,
  WORKSPACE_PAGES,
  workspaceHref,
} from './frame-links';

const leaves = new Map<symbol, string>();
const listeners = new Set<() => void>();

function changed() {
  for (const listener of listeners) listener();
}
function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
function leaf(): string {
  return [...leaves.values()].at(-1) ?? '';
}

/** Adds the last part of where a page lies, such as "Release 4", to the top bar. */
export function FrameCrumb({ label }: { label: string }) {
  useEffect(() => {
    const token = Symbol(label);
    leaves.set(token, label);
    changed();
    return () => {
      leaves.delete(token);
      changed();
    };
  }, [label]);
  return null;
}

export interface FrameCrumbsProps {
  current: FrameWorkspace;
  datasets: FrameDataset[];
}

/** Where this page lies in its workspace, which the sidebar names; read from the address. */
export function FrameCrumbs({ current, datasets }: FrameCrumbsProps) {
  const t = useTranslations('frame');
  const place = placeOf(usePathname());
  const last = useSyncExternalStore(subscribe, leaf, () => '');
  const items: Crumb[] = [];
  const dataset = datasets.find((item) => item.id === place.dataset);
  if (dataset) {
    items.push({ label: dataset.name, href: datasetHref(current.slug, dataset.id, 'examples') });
    if (place.section) {
      items.push({
        label: t(`section.${place.section}`),
        href: datasetHref(current.slug, dataset.id, place.section),
      });
    }
  } else if (place.page) {
    const page = WORKSPACE_PAGES.find((name) => name === place.page);
    const href = page ? workspaceHref(current.slug, page) : undefined;
    items.push({ label: t(place.page), href });
  }
  if (items.length === 0) items.push({ label: current.name, href: homeHref(current.slug) });
  if (last) items.push({ label: last });
  return <Breadcrumbs items={items} />;
}
