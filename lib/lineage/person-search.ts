import 'server-only';
import { Prisma, type Tx } from '@/lib/db';
import { type PersonMatch, toPersonMatch } from '@/lib/lineage/person-match';
import { type PersonSearch, personSearchSchema } from '@/lib/lineage/person-schema';
import type { Viewer } from '@/lib/session';

/** What is looked for, where. A search and an erasure have the same. */
export type Search = { workspaceId: string; except: string[]; match: PersonMatch };

/** Reads what a person typed. The text is folded by the database, like every text that it is compared with. */
export async function toSearch(tx: Tx, viewer: Viewer, input: PersonSearch): Promise<Search> {
  const { text, partOfWord, except } = personSearchSchema.parse(input);
  const [row] = await tx.$queryRaw<{ folded: string }[]>`SELECT fold_person(${text}) AS "folded"`;
  return {
    workspaceId: viewer.workspaceId,
    except,
    match: toPersonMatch(row?.folded.trim() ?? '', { partOfWord }),
  };
}

/** Conditions in SQL: a text holds what is looked for, some string of a JSON value does. */
export function holdsOf({ match: { needle, pattern } }: Search) {
  const inText = (value: Prisma.Sql) =>
    Prisma.sql`holds_person(${value}, ${needle}::text, ${pattern})`;
  const inJson = (value: Prisma.Sql) => inText(Prisma.sql`texts_of(${value})`);
  return { inText, inJson };
}
