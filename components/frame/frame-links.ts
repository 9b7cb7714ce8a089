export interface FrameWorkspace {
  slug: string;
  name: string;
  role: 'writer' | 'reviewer' | 'admin';
}

export interface FrameDataset {
  id: string;
  name: string;
  counts: { examples: number; inReview: number };
}

export interface FrameUser {
  id: string;
  name: string;
  email: string;
}

export const DATASET_SECTIONS = [
  'examples',
  'review',
  'brief',
  'import',
  'releases',
  'runs',
] as const;
export type DatasetSection = (typeof DATASET_SECTIONS)[number];

export const WORKSPACE_PAGES = ['models', 'proofs', 'people', 'record', 'settings'] as const;
export type WorkspacePage = (typeof WORKSPACE_PAGES)[number];

export function homeHref(workspace: string): string {
  return `/w/${workspace}`;
}

export function datasetHref(workspace: string, dataset: string, section: DatasetSection): string {
  return `/w/${workspace}/datasets/${dataset}/${section}`;
}

export function workspaceHref(workspace: string, page: WorkspacePage): string {
  return `/w/${workspace}/${page}`;
}

export interface FramePlace {
  dataset?: string | undefined;
  section?: DatasetSection | undefined;
  page?: WorkspacePage | 'home' | 'account' | undefined;
}

/** Where an address lies in the frame. */
export function placeOf(pathname: string): FramePlace {
  const [first, , third, fourth, fifth] = pathname.split('/').filter(Boolean);
  if (first === 'account') return { page: 'account' };
  if (first !== 'w') return {};
  if (third === undefined) return { page: 'home' };
  if (third === 'datasets') {
    return { dataset: fourth, section: DATASET_SECTIONS.find((section) => section === fifth) };
  }
  return { page: WORKSPACE_PAGES.find((page) => page === third) };
}
