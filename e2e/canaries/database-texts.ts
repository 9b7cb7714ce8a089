// Everything that people and models wrote, as it stands in the database when the journeys are over:
// so no journey has to remember to name what it put in.
import pg from 'pg';
import type { Canary } from './register';

/** Columns that no person and no model wrote. */
const ofTheProgram: { column: RegExp; because: string }[] = [
  { column: /^_prisma_migrations\./, because: 'of the migrations' },
  { column: /^RunEvent\./, because: 'copied out of the event file of the trainer' },
  { column: /\.error(Code|Values)?$/, because: 'sentences and names of errors' },
];

/** A sentence is told from others by its beginning; this much of it, in characters. */
const BEGINNING = 48;
const SHORTEST_SENTENCE = 20;
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** The sentences of a text that cannot stand elsewhere by chance: names of files, keys and states have no spaces. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/[\p{Cc}\u2028\u2029]+|(?<=[.!?])\s+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= SHORTEST_SENTENCE && /\s/.test(sentence))
    .map((sentence) => sentence.slice(0, BEGINNING).trim().toWellFormed());

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (value && typeof value === 'object')
    for (const one of Object.values(value)) yield* textsIn(one);
}

export async function canariesInDatabase(url: string): Promise<Canary[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: columns } = await client.query<{ table: string; column: string }>(
      `SELECT table_name AS "table", column_name AS "column" FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'ARRAY', 'jsonb')`,
    );
    const canaries = new Map<string, Canary>();
    for (const { table, column } of columns) {
      const place = `${table}.${column}`;
      if (ofTheProgram.some((one) => one.column.test(place))) continue;
      const { rows } = await client.query<{ value: unknown }>(
        `SELECT "${column}" AS "value" FROM "${table}" WHERE "${column}" IS NOT NULL`,
      );
      for (const { value } of rows)
        for (const text of textsIn(value))
          for (const one of address.test(text) ? [text] : sentencesOf(text))
            canaries.set(one, { what: `a text of ${place}`, text: one });
    }
    return [...canaries.values()];
  } finally {
    await client.end();
  }
}
