// How every page is reached in each of its states. Whoever adds a page adds its row here.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Ground } from './ground';
import type { PersonName, Scene } from './scene/scene';

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

/** The one-time link of the terminal stands for its path. */
export const adminLink = 'the link of the terminal';

const nowhere = '00000000-0000-7000-8000-000000000000';
const notFound = 'This page does not exist, or is not yours to see';
const failed = 'This page could not be shown';
const badLink = 'This link does not work any more';

const inWorkspace = (path: string) => (scene: Scene) => scene.filled.workspace + path;
const inDataset = (path: string) => (scene: Scene) => scene.filled.dataset + path;
const inEmpty = (path: string) => (scene: Scene) => scene.empty.dataset + path;
const inNothing = (path: string) => (scene: Scene) => scene.empty.workspace + path;
const inBroken = (path: string) => (scene: Scene) => scene.broken.dataset + path;
const inProof =
  (which: 'closed' | 'open', path = '') =>
  ({ filled }: Scene) =>
    `${filled.workspace}/proofs/${filled.proofs[which]}${path}`;
const inWrong = ({ filled }: Scene) =>
  `${filled.workspace}/models/${filled.model}/wrong/${filled.wrong}`;
const inWebhook =
  (which: 'busy' | 'failing' | 'off') =>
  ({ filled }: Scene) =>
    `${filled.workspace}/settings/webhooks/${filled.webhooks[which]}`;
const foreign = (path: string): Visit => ({
  as: 'writer',
  path: (scene) => scene.empty.workspace + path,
  heading: notFound,
});

/** Presses a button until it answers: before the page listens, a press does nothing. */
const pressFor = (page: Page, button: string | RegExp, answer: Locator) =>
  expect(async () => {
    await page.getByRole('button', { name: button }).last().click();
    await expect(answer).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 15_000 });

/** Sends a form with nothing in it. */
const sendEmpty = (button: string) => (page: Page) =>
  pressFor(page, button, page.locator('[aria-invalid=true]').first());

/** Sends a form with something wrong in it. */
const sendWrong =
  (fields: Record<string, string>, button: string, answer: string) => async (page: Page) => {
    for (const [label, value] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(value);
    await pressFor(page, button, page.getByText(answer).first());
  };

/** What `npm start` writes about the trainer while it prepares it. */
const trainerIs = (state: object) => (ground: Ground) => {
  const file = join(ground.dataDir, 'trainer/state.json');
  writeFileSync(file, JSON.stringify(state));
  return () => writeFileSync(file, JSON.stringify({ state: 'ready' }));
};

export const table: Record<string, Row> = {
  '/': {
    filled: { as: 'writer', path: '/', heading: '', leadsTo: /\/w\/shop-\w+$/ },
    empty: { as: 'homeless', path: '/', heading: '', leadsTo: /\/account$/ },
    failing: { path: '/', heading: '', leadsTo: /\/sign-in$/ },
  },
  '/sign-in': {
    filled: { path: '/sign-in', heading: 'Sign in' },
    empty: { path: '/sign-in', heading: /./, first: true },
    failing: {
      path: '/sign-in',
      heading: 'Sign in',
      reach: sendWrong(
        { 'E-mail': 'nobody@shop.example', Password: 'not the one' },
        'Sign in',
        'E-mail or password is wrong.',
      ),
    },
  },
  '/setup': {
    filled: { path: adminLink, heading: 'Make the first admin', first: true },
    empty: {
      path: adminLink,
      variant: 'nothing-filled-in',
      heading: 'Make the first admin',
      first: true,
      reach: sendEmpty('Make admin and workspace'),
    },
    failing: { path: '/setup?token=old', heading: badLink },
  },
  '/invite/[token]': {
    filled: { path: ({ links }) => `/invite/${links.invite}`, heading: /^Join / },
    empty: { path: ({ links }) => `/invite/${links.inviteKnown}`, heading: /^Join / },
    failing: [
      { path: '/invite/old', heading: badLink },
      {
        as: 'writer',
        variant: 'for-somebody-else',
        path: ({ links }) => `/invite/${links.invite}`,
        heading: /^Join /,
      },
    ],
  },
  '/link/[token]': {
    filled: { path: ({ links }) => `/link/${links.link}`, heading: /^Sign in as / },
    empty: {
      as: 'reviewer',
      variant: 'signed-in',
      path: ({ links }) => `/link/${links.link}`,
      heading: /^Sign in as /,
    },
    failing: { path: '/link/old', heading: badLink },
  },
  '/reset/[token]': {
    filled: { path: ({ links }) => `/reset/${links.reset}`, heading: 'Set a new password' },
    empty: {
      variant: 'nothing-filled-in',
      path: ({ links }) => `/reset/${links.reset}`,
      heading: 'Set a new password',
      reach: (page) =>
        page
          .getByRole('button', { name: /password/ })
          .last()
          .click(),
    },
    failing: { path: '/reset/old', heading: badLink },
  },
  '/account': {
    filled: { as: 'writer', path: '/account', heading: 'Your account' },
    empty: { as: 'homeless', path: '/account', heading: 'Your account' },
    failing: [
      { path: '/account', heading: '', leadsTo: /\/sign-in\?next=/ },
      {
        as: 'writer',
        path: '/account',
        heading: 'Your account',
        reach: sendWrong(
          { 'Current password': 'not the one', 'New password': 'a quiet harbour' },
          'Change password',
          'This is not your current password',
        ),
      },
    ],
  },
  '/workspaces/new': {
    filled: { as: 'admin', path: '/workspaces/new', heading: 'Make a workspace' },
    empty: {
      as: 'alone',
      variant: 'nothing-filled-in',
      path: '/workspaces/new',
      heading: 'Make a workspace',
      reach: sendEmpty('Make workspace'),
    },
    failing: { as: 'writer', path: '/workspaces/new', heading: notFound },
  },
  '/w/[workspace]': {
    filled: [
      { as: 'writer', path: inWorkspace(''), heading: 'What to do next' },
      { as: 'admin', variant: 'admin', path: inWorkspace(''), heading: 'What to do next' },
    ],
    empty: { as: 'alone', path: inNothing(''), heading: 'What to do next' },
    failing: foreign(''),
  },
  '/w/[workspace]/people': {
    filled: { as: 'admin', path: inWorkspace('/people'), heading: 'People' },
    empty: { as: 'alone', path: inNothing('/people'), heading: 'People' },
    failing: foreign('/people'),
  },
  '/w/[workspace]/settings': {
    filled: { as: 'admin', path: inWorkspace('/settings'), heading: 'Settings' },
    empty: { as: 'writer', path: inWorkspace('/settings'), heading: 'Settings' },
    failing: foreign('/settings'),
  },
  '/w/[workspace]/settings/reference': {
    filled: {
      as: 'admin',
      path: inWorkspace('/settings/reference'),
      heading: 'Reference for programs',
    },
    empty: {
      as: 'alone',
      path: inNothing('/settings/reference'),
      heading: 'Reference for programs',
    },
    failing: foreign('/settings/reference'),
  },
  '/w/[workspace]/settings/webhooks': {
    filled: { as: 'admin', path: inWorkspace('/settings/webhooks'), heading: 'Webhooks' },
    empty: { as: 'alone', path: inNothing('/settings/webhooks'), heading: 'Webhooks' },
    failing: { as: 'writer', path: inWorkspace('/settings/webhooks'), heading: notFound },
  },
  '/w/[workspace]/settings/webhooks/[webhookId]': {
    filled: { as: 'admin', path: inWebhook('busy'), heading: 'hooks.nordlicht.example' },
    empty: {
      as: 'admin',
      variant: 'off',
      path: inWebhook('off'),
      heading: 'hooks.nordlicht.example',
    },
    failing: [
      {
        as: 'admin',
        variant: 'nothing-arrives',
        path: inWebhook('failing'),
        heading: 'hooks.nordlicht.example',
      },
      { as: 'writer', path: inWebhook('busy'), heading: notFound },
    ],
  },
  '/w/[workspace]/settings/regression-set': {
    filled: {
      as: 'admin',
      path: inWorkspace('/settings/regression-set'),
      heading: 'Regression set',
    },
    empty: {
      as: 'alone',
      path: inNothing('/settings/regression-set'),
      heading: 'Regression set',
    },
    failing: { as: 'writer', path: inWorkspace('/settings/regression-set'), heading: notFound },
  },
  '/w/[workspace]/models': {
    filled: { as: 'admin', path: inWorkspace('/models'), heading: 'Models' },
    empty: { as: 'alone', path: inNothing('/models'), heading: 'No model yet' },
    failing: { as: 'keeper', path: ({ broken }) => `${broken.workspace}/models`, heading: failed },
  },
  '/w/[workspace]/models/[modelId]': {
    filled: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/models/${filled.model}`,
        heading: /-run-1$/,
      },
      {
        as: 'writer',
        variant: 'marked',
        path: ({ filled }) => `${filled.workspace}/models/${filled.model}`,
        heading: /-run-1$/,
        reach: (page) =>
          pressFor(
            page,
            'Open the answers',
            page
              .getByRole('button', { name: 'Mark as wrong' })
              .or(page.getByRole('link', { name: 'See what may have taught it' }))
              .first(),
          ),
      },
      {
        as: 'writer',
        variant: 'asked-again',
        path: ({ filled }) => `${filled.workspace}/models/${filled.laterModel}`,
        heading: /-run-6$/,
        reach: (page) =>
          pressFor(
            page,
            'Open both answers',
            page.getByRole('button', { name: 'Still wrong' }).first(),
          ),
      },
    ],
    empty: {
      as: 'admin',
      path: ({ filled }) => `${filled.workspace}/models/${nowhere}`,
      heading: notFound,
    },
    failing: {
      as: 'keeper',
      path: ({ broken }) => `${broken.workspace}/models/${broken.model}`,
      heading: failed,
    },
  },
  '/w/[workspace]/models/[modelId]/regression': {
    filled: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/models/${filled.model}/regression`,
        heading: 'Everyday questions: Got worse',
      },
      {
        as: 'writer',
        variant: 'all-of-a-kind',
        path: ({ filled }) =>
          `${filled.workspace}/models/${filled.model}/regression?kind=leak&show=all`,
        heading: 'Other customers’ texts: All',
      },
    ],
    empty: {
      as: 'keeper',
      path: ({ broken }) => `${broken.workspace}/models/${broken.model}/regression`,
      heading: 'Everyday questions: Got worse',
    },
    failing: {
      as: 'admin',
      path: ({ filled }) => `${filled.workspace}/models/${nowhere}/regression`,
      heading: notFound,
    },
  },
  '/w/[workspace]/models/[modelId]/wrong/[exampleId]': {
    filled: { as: 'writer', path: inWrong, heading: 'What may have taught it this' },
    empty: {
      as: 'reviewer',
      variant: 'before-looking',
      path: inWrong,
      heading: 'What may have taught it this',
    },
    failing: {
      as: 'writer',
      path: ({ filled }) => `${filled.workspace}/models/${filled.model}/wrong/${nowhere}`,
      heading: notFound,
    },
  },
  '/w/[workspace]/proofs': {
    filled: { as: 'admin', path: inWorkspace('/proofs'), heading: 'Proofs' },
    empty: { as: 'alone', path: inNothing('/proofs'), heading: 'No proof yet' },
    failing: foreign('/proofs'),
  },
  '/w/[workspace]/proofs/[proofId]': {
    filled: { as: 'admin', path: inProof('closed'), heading: /-run-1/ },
    empty: { as: 'admin', variant: 'no-votes-yet', path: inProof('open'), heading: /-run-1/ },
    failing: { as: 'admin', path: inWorkspace(`/proofs/${nowhere}`), heading: notFound },
  },
  '/w/[workspace]/proofs/[proofId]/vote': {
    filled: { as: 'admin', path: inProof('open', '/vote'), heading: /./ },
    empty: { as: 'admin', variant: 'closed', path: inProof('closed', '/vote'), heading: /./ },
    failing: { as: 'admin', path: inWorkspace(`/proofs/${nowhere}/vote`), heading: notFound },
  },
  '/w/[workspace]/proofs/[proofId]/examples/[position]': {
    filled: {
      as: 'admin',
      path: inProof('closed', '/examples/1'),
      heading: 'Example 1 of the proof',
    },
    empty: {
      as: 'admin',
      variant: 'before-looking',
      path: inProof('open', '/examples/1'),
      heading: 'Example 1 of the proof',
    },
    failing: { as: 'admin', path: inProof('closed', '/examples/0'), heading: notFound },
  },
  '/w/[workspace]/proofs/[proofId]/report': {
    filled: { as: 'admin', path: inProof('closed', '/report'), heading: 'Proof report' },
    empty: {
      as: 'admin',
      variant: 'open',
      path: inProof('open', '/report'),
      heading: 'Proof report',
    },
    failing: { as: 'admin', path: inWorkspace(`/proofs/${nowhere}/report`), heading: notFound },
  },
  '/w/[workspace]/record': {
    filled: { as: 'admin', path: inWorkspace('/record'), heading: 'Record' },
    empty: { as: 'alone', path: inNothing('/record'), heading: 'Record' },
    failing: { as: 'writer', path: inWorkspace('/record'), heading: notFound },
  },
  '/w/[workspace]/record/people': {
    filled: { as: 'admin', path: inWorkspace('/record/people'), heading: 'People and lines' },
    empty: { as: 'alone', path: inNothing('/record/people'), heading: 'People and lines' },
    failing: { as: 'writer', path: inWorkspace('/record/people'), heading: notFound },
  },
  '/w/[workspace]/runs/[runId]': {
    filled: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.done}`,
        heading: 'Training 1',
      },
      {
        as: 'admin',
        variant: 'under-way',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.training}`,
        heading: 'Training 4',
      },
    ],
    empty: {
      as: 'admin',
      variant: 'queued',
      path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.queued}`,
      heading: 'Training 5',
    },
    failing: [
      {
        as: 'admin',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.failed}`,
        heading: 'Training 2',
      },
      {
        as: 'admin',
        variant: 'cancelled',
        path: ({ filled }) => `${filled.workspace}/runs/${filled.runs.cancelled}`,
        heading: 'Training 3',
      },
      {
        as: 'keeper',
        variant: 'unreadable',
        path: ({ broken }) => `${broken.workspace}/runs/${broken.run}`,
        heading: failed,
      },
    ],
  },
  '/w/[workspace]/datasets/new': {
    filled: { as: 'admin', path: inWorkspace('/datasets/new'), heading: 'New dataset' },
    empty: {
      as: 'alone',
      variant: 'nothing-filled-in',
      path: inNothing('/datasets/new'),
      heading: 'New dataset',
      reach: sendEmpty('Create the dataset'),
    },
    failing: { as: 'writer', path: inWorkspace('/datasets/new'), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]': {
    filled: { as: 'writer', path: inDataset(''), heading: '', leadsTo: /\/examples$/ },
    empty: { as: 'writer', path: inEmpty(''), heading: '', leadsTo: /\/examples$/ },
    failing: { as: 'writer', path: inWorkspace(`/datasets/${nowhere}`), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]/examples': {
    filled: [
      { as: 'writer', path: inDataset('/examples'), heading: 'Examples' },
      {
        as: 'writer',
        variant: 'open',
        path: inDataset('/examples?open=41'),
        heading: 'Examples',
        reach: (page) => expect(page.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible(),
      },
      {
        as: 'writer',
        variant: 'long-mail',
        sameMenus: true,
        path: inDataset('/examples?open=42'),
        heading: 'Examples',
        reach: (page) => expect(page.getByRole('textbox', { name: 'Ideal reply' })).toBeVisible(),
      },
    ],
    empty: [
      { as: 'writer', path: inEmpty('/examples'), heading: 'Examples' },
      {
        as: 'writer',
        variant: 'no-match',
        path: inDataset('/examples?q=NOTHING-IS-CALLED-THAT'),
        heading: 'Examples',
      },
    ],
    failing: { as: 'keeper', path: inBroken('/examples'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/review': {
    filled: [
      { as: 'reviewer', path: inDataset('/review'), heading: /^Example \d+$/ },
      {
        as: 'admin',
        variant: 'another',
        sameMenus: true,
        path: inDataset('/review'),
        heading: /^Example \d+$/,
      },
    ],
    empty: { as: 'reviewer', path: inEmpty('/review'), heading: /./ },
    failing: [
      { as: 'keeper', path: inBroken('/review'), heading: failed },
      {
        as: 'writer',
        variant: 'writer',
        path: inDataset('/review'),
        heading: 'Reviewers decide here',
      },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/brief': {
    filled: { as: 'admin', path: inDataset('/brief'), heading: 'Brief' },
    empty: { as: 'reviewer', path: inEmpty('/brief'), heading: 'Brief' },
    failing: { as: 'keeper', path: inBroken('/brief'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/brief/versions': {
    filled: { as: 'admin', path: inDataset('/brief/versions'), heading: 'Versions of the brief' },
    empty: { as: 'admin', path: inEmpty('/brief/versions'), heading: 'Versions of the brief' },
    failing: { as: 'writer', path: inBroken('/brief/versions'), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]/brief/versions/[version]': {
    filled: { as: 'admin', path: inDataset('/brief/versions/3'), heading: /\b3\b/ },
    empty: { as: 'admin', path: inEmpty('/brief/versions/1'), heading: /\b1\b/ },
    failing: [
      { as: 'keeper', path: inBroken('/brief/versions/1'), heading: failed },
      { as: 'admin', variant: 'none', path: inDataset('/brief/versions/99'), heading: notFound },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/import': {
    filled: { as: 'writer', path: inDataset('/import'), heading: 'Import examples' },
    empty: { as: 'writer', path: inEmpty('/import'), heading: 'Import examples' },
    failing: {
      as: 'writer',
      path: inEmpty('/import'),
      heading: 'Import examples',
      reach: async (page) => {
        await page
          .locator('input[type=file]')
          .setInputFiles({ name: 'photo.csv', mimeType: 'text/csv', buffer: Buffer.alloc(64) });
        await expect(page.getByText('This is not a text file.')).toBeVisible();
      },
    },
  },
  '/w/[workspace]/datasets/[datasetId]/import/[importId]': {
    filled: [
      {
        as: 'writer',
        variant: 'columns',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.uploaded}`,
        heading: 'Import examples',
      },
      {
        as: 'writer',
        variant: 'checked',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.checked}`,
        heading: 'Import examples',
      },
    ],
    empty: {
      as: 'writer',
      variant: 'done',
      path: ({ filled }) => `${filled.dataset}/import/${filled.imports.imported}`,
      heading: 'Import examples',
    },
    failing: [
      {
        as: 'writer',
        path: ({ filled }) => `${filled.dataset}/import/${filled.imports.failed}`,
        heading: 'Import examples',
      },
      {
        as: 'keeper',
        variant: 'unreadable',
        path: ({ broken }) => `${broken.dataset}/import/${broken.import}`,
        heading: failed,
      },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/releases': {
    filled: { as: 'admin', path: inDataset('/releases'), heading: 'Releases' },
    empty: { as: 'admin', path: inEmpty('/releases'), heading: 'No release yet' },
    failing: { as: 'keeper', path: inBroken('/releases'), heading: failed },
  },
  '/w/[workspace]/datasets/[datasetId]/releases/new': {
    filled: { as: 'admin', path: inDataset('/releases/new'), heading: 'Release 2' },
    empty: { as: 'admin', path: inEmpty('/releases/new'), heading: 'Release 1' },
    failing: [
      {
        as: 'admin',
        variant: 'too-few',
        path: ({ short }) => `${short.dataset}/releases/new`,
        heading: 'Release 2',
      },
      { as: 'writer', variant: 'foreign', path: inBroken('/releases/new'), heading: notFound },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/releases/[number]': {
    filled: { as: 'admin', path: inDataset('/releases/1'), heading: 'Release 1' },
    empty: { as: 'writer', path: inDataset('/releases/99'), heading: notFound },
    failing: [
      {
        as: 'admin',
        variant: 'refused',
        path: ({ short }) => `${short.dataset}/releases/1`,
        heading: 'Release 1',
      },
      { as: 'keeper', variant: 'unreadable', path: inBroken('/releases/1'), heading: failed },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/releases/[number]/train': {
    filled: {
      as: 'admin',
      path: inDataset('/releases/1/train'),
      heading: 'Train on release 1',
      reach: (page) =>
        expect(page.getByRole('button', { name: /^Start training/ })).toBeEnabled({
          timeout: 30_000,
        }),
    },
    empty: {
      as: 'admin',
      variant: 'preparing',
      given: trainerIs({
        state: 'installing',
        stage: 'torch:download',
        done: 61_000_000,
        total: 184_000_000,
        unit: 'bytes',
      }),
      path: inDataset('/releases/1/train'),
      heading: 'Train on release 1',
    },
    failing: [
      {
        as: 'admin',
        given: trainerIs({ state: 'failed', message: 'NO PYTHON.', hint: 'INSTALL ONE.' }),
        path: inDataset('/releases/1/train'),
        heading: 'Train on release 1',
      },
      { as: 'writer', variant: 'writer', path: inDataset('/releases/1/train'), heading: notFound },
    ],
  },
  '/w/[workspace]/datasets/[datasetId]/runs': {
    filled: { as: 'admin', path: inDataset('/runs'), heading: 'Trainings' },
    empty: { as: 'admin', path: inEmpty('/runs'), heading: 'Nothing trained yet' },
    failing: { as: 'writer', path: inBroken('/runs'), heading: notFound },
  },
  '/w/[workspace]/datasets/[datasetId]/settings': {
    filled: { as: 'admin', path: inDataset('/settings'), heading: 'Dataset settings' },
    empty: {
      as: 'writer',
      variant: 'writer',
      path: inEmpty('/settings'),
      heading: 'Dataset settings',
    },
    failing: { as: 'writer', path: inBroken('/settings'), heading: notFound },
  },
};
