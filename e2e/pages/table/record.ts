import type { Rows } from './row';
import { inNothing, inWorkspace, notFound } from './ways';

export const recordRows: Rows = {
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
};
