import type { Page } from '@playwright/test';
import { adminLink, type Rows } from './row';
import { notFound, pressFor, sendEmpty } from './ways';

const badLink = 'This link does not work any more';

/** Sends a form with something wrong in it. */
const sendWrong =
  (fields: Record<string, string>, button: string, answer: string) => async (page: Page) => {
    for (const [label, value] of Object.entries(fields))
      await page.getByLabel(label, { exact: true }).fill(value);
    await pressFor(page, button, page.getByText(answer).first());
  };

export const accountRows: Rows = {
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
};
