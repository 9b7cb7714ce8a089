import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const REAL_FILE = join(import.meta.dirname, '../../shared/data/sroie_receipts_dev/receipts.jsonl');
const receiptSchema = z.object({ text: z.string(), key: z.record(z.string(), z.string()) });
const fieldsSchema = z.record(z.string(), z.unknown());

/** Receipts of an invented kiosk, for where the real ones are absent. Each has its own shop, day and sum. */
function inventReceipts(count: number): z.infer<typeof receiptSchema>[] {
  return Array.from({ length: count }, (_, index) => {
    const company = `Kiosk ${['North', 'Harbour', 'Mill', 'Station', 'Garden'][index % 5]} ${index + 1}`;
    const address = `${3 + index} Quay Street, Dock ${(index % 9) + 1}`;
    const date = `${String((index % 28) + 1).padStart(2, '0')}/0${(index % 9) + 1}/2024`;
    const total = `${(index * 7) % 90}.${String((index * 13) % 100).padStart(2, '0')}`;
    return {
      text: `${company}\n${address}\nDate: ${date}\n${(index % 4) + 1} x coffee\nTotal: ${total}\nThank you`,
      key: { company, date, address, total },
    };
  });
}

/** `rows` receipts as chat JSONL: the text as it was read is the prompt, its fields as JSON the reply. */
export function readReceiptFile(rows: number): {
  name: string;
  content: Buffer;
  rows: number;
  isReal: boolean;
} {
  const isReal = existsSync(REAL_FILE);
  const receipts = isReal
    ? readFileSync(REAL_FILE, 'utf8')
        .trimEnd()
        .split('\n')
        .slice(0, rows)
        .map((line) => receiptSchema.parse(JSON.parse(line)))
    : inventReceipts(rows);
  const lines = receipts.map(({ text, key }) =>
    JSON.stringify({
      messages: [
        { role: 'user', content: text },
        { role: 'assistant', content: JSON.stringify(key) },
      ],
    }),
  );
  return {
    name: 'receipts.jsonl',
    content: Buffer.from(`${lines.join('\n')}\n`),
    rows: lines.length,
    isReal,
  };
}

const parseFields = (text: string): Record<string, unknown> | null => {
  try {
    return fieldsSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
};

/** How many answers are JSON objects, how many of the replies' fields they have exactly, and how many are wholly right. */
export function countFields(pairs: readonly { reply: string; answer: string }[]) {
  const counts = { rows: pairs.length, valid: 0, fields: 0, exact: 0, whole: 0 };
  for (const { reply, answer } of pairs) {
    const wanted = Object.entries(parseFields(reply) ?? {});
    const found = parseFields(answer);
    const exact = wanted.filter(([name, value]) => found?.[name] === value).length;
    counts.valid += found ? 1 : 0;
    counts.fields += wanted.length;
    counts.exact += exact;
    counts.whole += wanted.length > 0 && exact === wanted.length ? 1 : 0;
  }
  return counts;
}
