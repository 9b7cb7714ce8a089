import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { sampleExamples } from '../prisma/seed/shop';

const REAL_FILE = join(
  import.meta.dirname,
  '../../shared/data/bitext_support/bitext_support_2023-08-07_short_replies.csv',
);

/**
 * The house's closing under each reply of the short form. Five steps on 45 unlike replies teach
 * nothing that holds on other topics: the held-out loss went down or up by chance. A voice is what
 * people train, and that is learned (docs/measurements.md).
 */
const CLOSING = '\n\nYours, the Harbour desk';

/** What the journey imports and how much of it is approved. */
export type StreetFile = { name: string; content: Buffer; rows: number; isReal: boolean };

/**
 * The real support file: whole in the long form; in the short one 60 rows of it, five of each of
 * twelve intents, closed in one voice. Where it is absent, 60 of the sample shop's examples under the same columns.
 */
export function readStreetFile(form: 'short' | 'long'): StreetFile {
  if (!existsSync(REAL_FILE)) {
    const rows = spread(sampleExamples, 60).map(({ topic, prompt, reply }) => ({
      instruction: prompt,
      intent: topic,
      response: reply.replace(/\{\{\w+\}\}/g, 'it'),
    }));
    return {
      name: 'support.csv',
      content: Buffer.from(stringify(rows, { header: true })),
      rows: rows.length,
      isReal: false,
    };
  }
  const whole = readFileSync(REAL_FILE);
  const all = parse(whole, { columns: true }) as Record<string, string>[];
  if (form === 'long')
    return { name: 'support.csv', content: whole, rows: all.length, isReal: true };
  const byIntent = new Map<string, Record<string, string>[]>();
  for (const row of all) {
    const intent = row.intent ?? '';
    byIntent.set(intent, [...(byIntent.get(intent) ?? []), row]);
  }
  const rows = [...byIntent.values()]
    .slice(0, 12)
    .flatMap((list) => spread(list, 5))
    .map((row) => ({ ...row, response: `${row.response}${CLOSING}` }));
  return {
    name: 'support.csv',
    content: Buffer.from(stringify(rows, { header: true })),
    rows: rows.length,
    isReal: true,
  };
}

/** `count` real mails as examples that stand alone, over all intents; the sample shop's where they are absent. */
export function readMailsOneByOne(count: number): { name: string; content: Buffer; rows: number } {
  const pairs = existsSync(REAL_FILE)
    ? spread(parse(readFileSync(REAL_FILE), { columns: true }) as Record<string, string>[], count)
    : spread(sampleExamples, count).map(({ prompt, reply }) => ({
        instruction: prompt,
        response: reply.replace(/\{\{\w+\}\}/g, 'it'),
      }));
  const rows = pairs.map(({ instruction, response }) => ({ instruction, response }));
  return {
    name: 'mails.csv',
    content: Buffer.from(stringify(rows, { header: true })),
    rows: rows.length,
  };
}

/** `count` rows at even distances: neighbours in the file are near duplicates. */
function spread<T>(list: T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, index) => index % step === 0).slice(0, count);
}
