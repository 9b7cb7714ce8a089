import { createLoader, createParser } from 'nuqs/server';
import { z } from 'zod';

/** Where the log of a webhook's page begins; what is no id is the beginning. */
export const loadLogUrl = createLoader({
  before: createParser<string>({
    parse: (text) => z.uuid().safeParse(text).data ?? null,
    serialize: (text) => text,
  }),
});
