'use server';

import { authedAction } from '@/lib/action';
import { continueErasure, erasePerson } from '@/lib/lineage/erase-mutations';
import { findLine } from '@/lib/lineage/line-queries';
import { findPerson } from '@/lib/lineage/person-queries';
import {
  continueErasureSchema,
  erasePersonSchema,
  lineSearchSchema,
  personSearchSchema,
} from '@/lib/lineage/person-schema';

// Searches are actions, not addresses: what is looked for must stand in no history and no log.
export const findPersonAction = authedAction(personSearchSchema, ({ viewer, input }) =>
  findPerson(viewer, input),
);

export const findLineAction = authedAction(lineSearchSchema, ({ viewer, input }) =>
  findLine(viewer, input),
);

export const erasePersonAction = authedAction(erasePersonSchema, ({ viewer, input }) =>
  erasePerson(viewer, input),
);

export const continueErasureAction = authedAction(continueErasureSchema, ({ viewer, input }) =>
  continueErasure(viewer, input),
);
