import type { Scene } from '../scene/scene';
import type { Rows } from './row';
import { foreign, inNothing, inWorkspace, notFound, nowhere } from './ways';

const inProof =
  (which: 'closed' | 'open', path = '') =>
  ({ filled }: Scene) =>
    `${filled.workspace}/proofs/${filled.proofs[which]}${path}`;

export const proofRows: Rows = {
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
};
