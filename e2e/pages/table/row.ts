import type { Page } from '@playwright/test';
import type { Ground } from '../ground';
import type { PersonName, Scene } from '../scene/scene';

export const states = ['filled', 'empty', 'failing'] as const;
export type State = (typeof states)[number];

export type Visit = {
  /** Who looks; absent for nobody. */
  as?: PersonName;
  path: string | ((scene: Scene) => string);
  /** What the page's first heading says. */
  heading: string | RegExp;
  /** Tells two looks at the same state apart. */
  variant?: string;
  /** What has to be so on the machine before, and is put right afterwards. */
  given?: (ground: Ground) => () => void;
  /** What the person does until the page is in this state. */
  reach?: (page: Page) => Promise<unknown>;
  /** The page only leads on, to an address like this. */
  leadsTo?: RegExp;
  /** Its menus and dialogs are those of another look at the page. */
  sameMenus?: true;
  /** It has to be seen before there is a first admin. */
  first?: true;
};
export type Row = Record<State, Visit | Visit[]>;
/** Rows by the route of their page. */
export type Rows = Record<string, Row>;

/** The one-time link of the terminal stands for its path. */
export const adminLink = 'the link of the terminal';
