import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Content } from '@/lib/examples/content';
import { headerFingerprint } from '@/lib/imports/header-fingerprint';
import { decodeText, detectReading, FileInspector } from '@/lib/imports/import-detection';
import { mapRow } from '@/lib/imports/import-rows';
import {
  ambiguousNames,
  canVisit,
  cleanFileName,
  emptyMapping,
  mappingIsComplete,
  suggestMapping,
} from '@/lib/imports/import-rules';
import type { Mapping, Reading } from '@/lib/imports/import-schema';
import { delimiters } from '@/lib/imports/import-schema';
import { readerOf } from '@/lib/imports/readers';
import { readingOf } from '@/lib/imports/readers/reader-test-kit';

describe('the mapping that names suggest', () => {
  const named = (columns: string[]) => {
    const mapping = suggestMapping(columns);
    const name = (at: number | null) => (at === null ? null : columns[at]);
    return {
      prompt: name(mapping.prompt),
      reply: name(mapping.reply),
      topic: name(mapping.topic),
      group: name(mapping.group),
      author: name(mapping.author),
      tags: mapping.tags.map(name),
    };
  };
  const nothing = { prompt: null, reply: null, topic: null, group: null, author: null, tags: [] };

  it.each<[string, string[], Partial<ReturnType<typeof named>>]>([
    [
      'the support data',
      'context,role,instruction,intent,entity_type,entity_value,start_offset,end_offset,category,tags,response'.split(
        ',',
      ),
      {
        prompt: 'instruction',
        reply: 'response',
        topic: 'intent',
        group: 'intent',
        tags: ['tags'],
      },
    ],
    ['question and answer', ['Question', 'Answer'], { prompt: 'Question', reply: 'Answer' }],
    [
      'a help desk',
      ['Ticket ID', 'Customer message', 'Agent reply', 'Agent e-mail', 'Category'],
      {
        prompt: 'Customer message',
        reply: 'Agent reply',
        group: 'Ticket ID',
        topic: 'Category',
        author: 'Agent e-mail',
      },
    ],
    [
      'German',
      ['Anfrage', 'Antwort', 'Thema'],
      { prompt: 'Anfrage', reply: 'Antwort', topic: 'Thema' },
    ],
    ['two columns of a name', ['prompt', 'reply', 'Reply'], { prompt: 'prompt' }],
    ['nothing known', ['x', 'y'], {}],
    ['no names', ['', ''], {}],
  ])('%s', (_, columns, expected) => {
    expect(named(columns)).toEqual({ ...nothing, ...expected });
  });

  it('names the columns that stand twice', () => {
    expect(ambiguousNames(['prompt', 'reply', 'reply', 'x', 'x'])).toEqual(['reply']);
  });

  it('is complete with prompt and reply; chat lines bring their own', () => {
    const reading = readingOf({ columns: ['a', 'b'] });
    expect(mappingIsComplete(emptyMapping, reading)).toBe(false);
    expect(mappingIsComplete({ ...emptyMapping, prompt: 0, reply: 1 }, reading)).toBe(true);
    expect(mappingIsComplete({ ...emptyMapping, prompt: 0, reply: 2 }, reading)).toBe(false);
    expect(mappingIsComplete(emptyMapping, { ...reading, format: 'jsonl' })).toBe(true);
  });
});

it('knows files with the same columns again, and no others', () => {
  const reading = readingOf({ columns: ['a', 'b'] });
  expect(headerFingerprint({ ...reading, encoding: 'windows-1252' })).toBe(
    headerFingerprint(reading),
  );
  expect(headerFingerprint({ ...reading, columns: ['b', 'a'] })).not.toBe(
    headerFingerprint(reading),
  );
  expect(headerFingerprint({ ...reading, columns: ['a,b'] })).not.toBe(headerFingerprint(reading));
});

describe('names of files', () => {
  it.each([
    ['mails.csv', 'mails.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\mails.csv', 'mails.csv'],
    ['a\u0000b.csv', 'ab.csv'],
    ['a\r\nSet-Cookie: x.csv', 'aSet-Cookie: x.csv'],
    ['\u202egpj.csv', 'gpj.csv'],
    ['..', 'import'],
    ['', 'import'],
    ['   ', 'import'],
    ['Größe 💧.csv', 'Größe 💧.csv'],
    ['<img src=x onerror=alert(1)>.csv', '<img src=x onerror=alert(1)>.csv'],
  ])('%j', (name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it('shortens 300 characters and keeps the extension', () => {
    const name = cleanFileName(`${'x'.repeat(300)}.csv`);
    expect(name).toHaveLength(150);
    expect(name.endsWith('….csv')).toBe(true);
  });

  it('never holds a folder, a control character or half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (name) => {
        const clean = cleanFileName(name);
        expect(clean).toMatch(/^[^\\/\p{Cc}]+$/u);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean.length).toBeLessThanOrEqual(310);
      }),
    );
  });
});

it('lets people go back to every step until the import is carried out', () => {
  expect(canVisit('uploaded', 'mapping')).toBe(true);
  expect(canVisit('uploaded', 'check')).toBe(false);
  expect(canVisit('checked', 'mapping')).toBe(true);
  expect(canVisit('imported', 'mapping')).toBe(false);
  expect(canVisit('imported', 'done')).toBe(true);
});

// ───────────── What goes in comes out ─────────────

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(
        '"',
        ',',
        ';',
        '\t',
        '|',
        '\n',
        '\r\n',
        '\\',
        "'",
        '{{',
        ' ',
        '\ufeff',
        '\u2028',
        '\ufffd',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    ),
    minLength: 1,
    maxLength: 30,
  })
  .filter((value) => value.trim() !== '' && value.isWellFormed() && !value.includes('\u0000'));

async function importAll(
  file: string,
  change: (reading: Reading) => Partial<Reading>,
  mapping: Mapping,
) {
  const bytes = Buffer.from(file);
  const inspector = new FileInspector();
  inspector.write(bytes);
  const { head, isUtf8 } = inspector.end();
  const detected = detectReading(head, isUtf8);
  if ('fault' in detected) throw new Error(detected.fault);
  const reading = { ...detected, ...change(detected) };
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += 17) yield bytes.subarray(at, at + 17);
  }
  const contents: (Content | string)[] = [];
  for await (const batch of readerOf(reading.format).read(
    decodeText(pieces(), reading.encoding),
    reading,
  )) {
    for (const row of batch) {
      const mapped = row.kind === 'bad' ? row : mapRow(row, { reading, mapping });
      contents.push(mapped.kind === 'bad' ? mapped.reason : mapped.content);
    }
  }
  return contents;
}

describe('texts are kept character for character', () => {
  it('from CSV, whatever delimiter, quoting and line break', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...delimiters),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (rows, delimiter, record_delimiter, bom) => {
          const file = stringify([['prompt', 'reply'], ...rows], {
            delimiter,
            record_delimiter,
            bom,
            quoted: true,
          });
          const contents = await importAll(
            file,
            () => ({ delimiter, header: true, columns: ['prompt', 'reply'] }),
            {
              ...emptyMapping,
              prompt: 0,
              reply: 1,
            },
          );
          expect(contents).toEqual(
            rows.map(([content, reply]) => ({ messages: [{ role: 'user', content }], reply })),
          );
        },
      ),
      { numRuns: 300 },
    );
  }, 30_000);

  it('from chat lines', async () => {
    const content = fc.record(
      {
        system: text,
        messages: fc.array(fc.tuple(text, text), { maxLength: 2 }),
        last: text,
        reply: text,
      },
      { requiredKeys: ['messages', 'last', 'reply'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(content, { minLength: 1, maxLength: 4 }), async (rows) => {
        const expected = rows.map((row) => ({
          ...(row.system === undefined ? {} : { system: row.system }),
          messages: [
            ...row.messages.flatMap(([question, answer]) => [
              { role: 'user', content: question },
              { role: 'assistant', content: answer },
            ]),
            { role: 'user', content: row.last },
          ],
          reply: row.reply,
        }));
        const lines = expected.map(({ system, messages, reply }) =>
          JSON.stringify({
            messages: [
              ...(system === undefined ? [] : [{ role: 'system', content: system }]),
              ...messages,
              { role: 'assistant', content: reply },
            ],
          }),
        );
        expect(await importAll(lines.join('\n'), () => ({}), emptyMapping)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
