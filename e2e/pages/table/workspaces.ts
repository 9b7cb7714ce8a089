import type { Scene } from '../scene/scene';
import type { Rows } from './row';
import { foreign, inNothing, inWorkspace, notFound } from './ways';

const inWebhook =
  (which: 'busy' | 'failing' | 'off') =>
  ({ filled }: Scene) =>
    `${filled.workspace}/settings/webhooks/${filled.webhooks[which]}`;

export const workspaceRows: Rows = {
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
};
