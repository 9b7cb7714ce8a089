// Files for benches: the real support mails, or a few original rows, repeated with seeded variations.
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { root } from '../bin/start/paths.mjs';

/** Where real files are; SHARED_DATA names another folder. */
const shared = process.env.SHARED_DATA ?? join(root, '../shared/data');
const real = join(shared, 'bitext_support/bitext_support_2023-08-07_short_replies.csv');

/** Whether the real mails are there; else a few original rows stand in for them. */
export const isReal = existsSync(real);
const original = [
  ['Where is my kettle?', 'It left our store on Friday and is with the carrier.', 'delivery'],
  ['Can I send the lamp back?', 'Of course. Print the label from your account.', 'returns'],
  ['May I have the invoice again?', 'Gladly. It is in your inbox within the hour.', 'invoice'],
];

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). @param {number} seed */
function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function sourceRows() {
  if (!isReal) return original;
  const [header, ...rows] = parse(readFileSync(real));
  const at = ['instruction', 'response', 'intent'].map((name) => header.indexOf(name));
  return rows.map((row) => at.map((column) => row[column]));
}

/** Writes a CSV of so many different rows. @param {string} file @param {number} count */
export async function writeImportFile(file, count) {
  const source = sourceRows();
  const random = seeded(42);
  const names = ['Anna', 'Bilal', 'Chen', 'Dora', 'Emeka', 'Fatima', 'Goran', 'Hana'];
  function* lines() {
    yield 'instruction,response,intent\n';
    for (let at = 0; at < count; at += 1) {
      const [prompt = '', reply = '', topic = ''] = source[at % source.length] ?? [];
      const name = names[Math.floor(random() * names.length)];
      const order = Math.floor(random() * 1e9);
      yield stringify([[`${prompt} It is order ${order}-${at}. Regards, ${name}`, reply, topic]]);
    }
  }
  await pipeline(lines(), createWriteStream(file));
}
