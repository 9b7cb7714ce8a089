import type { Scene } from '../scene/scene';
import type { Rows } from './row';
import { failed, inNothing, inWorkspace, notFound, nowhere, pressFor } from './ways';

const inWrong = ({ filled }: Scene) =>
  `${filled.workspace}/models/${filled.model}/wrong/${filled.wrong}`;

export const modelRows: Rows = {
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
};
