'use client';

import {
  BookOpenText,
  Boxes,
  FileInput,
  House,
  LineChart,
  ListChecks,
  PackageCheck,
  Plus,
  Scale,
  ScrollText,
  Settings,
  TableProperties,
  Users,
} from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useFormatter, useTranslations } from 'next-intl';
import { cn } from '../ui/cn';
import { Tooltip } from '../ui/tooltip';
import {
  DATASET_SECTIONS,
  type DatasetSection,
  datasetHref,
  type FrameDataset,
  type FrameUser,
  type FrameWorkspace,
  homeHref,
  placeOf,
  WORKSPACE_PAGES,
  type WorkspacePage,
  workspaceHref,
} from './frame-links';
import { UserMenu } from './user-menu';
import { WorkspaceSwitcher } from './workspace-switcher';

export interface SidebarProps {
  workspaces: FrameWorkspace[];
  current: FrameWorkspace;
  datasets: FrameDataset[];
  /** Pages of the workspace that this person may open. */
  nav?: readonly WorkspacePage[];
  /** Where a dataset is made; absent for people who may not. */
  newDatasetHref?: string | undefined;
  user: FrameUser;
  signOut: (form: FormData) => unknown;
}

const SECTION_ICON: Record<DatasetSection, typeof House> = {
  examples: TableProperties,
  review: ListChecks,
  brief: BookOpenText,
  import: FileInput,
  releases: PackageCheck,
  runs: LineChart,
};
const PAGE_ICON: Record<WorkspacePage, typeof House> = {
  models: Boxes,
  proofs: Scale,
  people: Users,
  record: ScrollText,
  settings: Settings,
};

/** Switcher, pages, datasets with their counts, and the person. */
export function Sidebar(props: SidebarProps) {
  const { workspaces, current, datasets, nav = WORKSPACE_PAGES, newDatasetHref } = props;
  const t = useTranslations('frame');
  const place = placeOf(usePathname());
  return (
    <nav aria-label={t('mainNavigation')} className="flex h-full flex-col gap-4 px-2 py-1.5">
      <WorkspaceSwitcher workspaces={workspaces} current={current} />
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto">
        <ul className="flex flex-col gap-px">
          <SidebarLink
            href={homeHref(current.slug)}
            icon={<House aria-hidden="true" />}
            current={place.page === 'home'}
          >
            {t('home')}
          </SidebarLink>
          {nav.map((page) => {
            const Icon = PAGE_ICON[page];
            return (
              <SidebarLink
                key={page}
                href={workspaceHref(current.slug, page)}
                icon={<Icon aria-hidden="true" />}
                current={place.page === page}
              >
                {t(page)}
              </SidebarLink>
            );
          })}
        </ul>
        <div>
          <div className="flex min-h-7 items-center justify-between ps-2">
            <h2 className="text-12 font-medium text-ink-3">{t('datasets')}</h2>
            {newDatasetHref ? (
              <Tooltip text={t('newDataset')}>
                <Link
                  href={newDatasetHref}
                  aria-label={t('newDataset')}
                  className="flex size-7 items-center justify-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
                >
                  <Plus aria-hidden="true" />
                </Link>
              </Tooltip>
            ) : null}
          </div>
          {datasets.length === 0 ? (
            <p className="px-2 py-1 text-13 text-ink-3">{t('noDatasets')}</p>
          ) : null}
          <ul className="flex flex-col gap-px">
            {datasets.map((dataset) => (
              <SidebarDataset
                key={dataset.id}
                dataset={dataset}
                workspace={current.slug}
                open={place.dataset === dataset.id}
                section={place.section}
              />
            ))}
          </ul>
        </div>
      </div>
      <UserMenu user={props.user} signOut={props.signOut} />
    </nav>
  );
}

interface SidebarLinkProps {
  href: string;
  icon?: React.ReactNode;
  current: boolean;
  /** A figure at the end and what it means. */
  count?: { value: number; label: string } | undefined;
  inset?: boolean;
  children: React.ReactNode;
}

function SidebarLink({ href, icon, current, count, inset, children }: SidebarLinkProps) {
  const format = useFormatter();
  return (
    <li>
      <Link
        href={href}
        aria-current={current ? 'page' : undefined}
        className={cn(
          'focus-inset flex min-h-7 items-center gap-2 rounded-control px-2 py-0.5 text-13',
          inset && 'ps-4',
          current ? 'bg-accent-soft font-medium text-accent-ink' : 'text-ink-2 hover:bg-hover',
        )}
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count ? (
          <span className="tabular text-12 text-ink-3">
            <span aria-hidden="true">{format.number(count.value)}</span>
            <span className="sr-only">{count.label}</span>
          </span>
        ) : null}
      </Link>
    </li>
  );
}

interface SidebarDatasetProps {
  dataset: FrameDataset;
  workspace: string;
  open: boolean;
  section?: DatasetSection | undefined;
}

function SidebarDataset({ dataset, workspace, open, section }: SidebarDatasetProps) {
  const t = useTranslations('frame');
  const { examples, inReview } = dataset.counts;
  if (!open) {
    return (
      <SidebarLink
        href={datasetHref(workspace, dataset.id, 'examples')}
        current={false}
        count={{ value: examples, label: t('exampleCount', { count: examples }) }}
      >
        {dataset.name}
      </SidebarLink>
    );
  }
  return (
    <li className="flex flex-col gap-px">
      <p className="truncate px-2 py-1 text-13 font-medium">{dataset.name}</p>
      <ul className="flex flex-col gap-px">
        {DATASET_SECTIONS.map((item) => {
          const Icon = SECTION_ICON[item];
          const count =
            item === 'examples'
              ? { value: examples, label: t('exampleCount', { count: examples }) }
              : item === 'review' && inReview > 0
                ? { value: inReview, label: t('inReviewCount', { count: inReview }) }
                : undefined;
          return (
            <SidebarLink
              key={item}
              href={datasetHref(workspace, dataset.id, item)}
              icon={<Icon aria-hidden="true" />}
              current={section === item}
              count={count}
              inset
            >
              {t(`section.${item}`)}
            </SidebarLink>
          );
        })}
      </ul>
    </li>
  );
}
