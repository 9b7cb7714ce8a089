import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectReading, FileInspector } from '@/lib/imports/import-detection';
import { type Delimiter, delimiters, type Reading } from '@/lib/imports/import-schema';
import { csvReader } from '@/lib/imports/readers/csv';
import { CsvRecords } from '@/lib/imports/readers/csv-records';
import type { ReadRow } from '@/lib/imports/readers/reader';
import { readAll, readingOf } from '@/lib/imports/readers/reader-test-kit';
import { describeWith, outsideData } from '@/tests/outside-data';

const cells = (rows: ReadRow[]) =>
  rows.map((row) => (row.kind === 'row' ? row.values : row.reason));

function parseIn(text: string, size: number, delimiter: Delimiter = ',') {
  const parser = new CsvRecords({ delimiter, newline: 'lf' });
  const records = [];
  for (let at = 0; at < text.length; at += size)
    records.push(...parser.push(text.slice(at, at + size), false));
  return [...records, ...parser.push('', true)];
}

describe('lines of a CSV file', () => {
  it.each<[string, string, [number, string[] | string][]]>([
    [
      'plain rows',
      'a,b\n1,2\n3,4\n',
      [
        [2, ['1', '2']],
        [3, ['3', '4']],
      ],
    ],
    ['no line break at the end', 'a,b\n1,2', [[2, ['1', '2']]]],
    ['CRLF', 'a,b\r\n1,2\r\n', [[2, ['1', '2']]]],
    [
      'line breaks in a cell stay as they are',
      'a,b\n"x\r\ny\nz",2\n3,4',
      [
        [2, ['x\r\ny\nz', '2']],
        [5, ['3', '4']],
      ],
    ],
    ['doubled quotes', 'a,b\n"say ""hi""",""\n', [[2, ['say "hi"', '']]]],
    ['a quote inside an unquoted cell is text', 'a,b\n5" disk,2\n', [[2, ['5" disk', '2']]]],
    [
      'blank lines are skipped and counted',
      'a,b\n\n1,2\n\n\n3,4\n',
      [
        [3, ['1', '2']],
        [6, ['3', '4']],
      ],
    ],
    ['empty cells', 'a,b\n,\n', [[2, ['', '']]]],
    [
      'too few columns',
      'a,b\n1\n2,3\n',
      [
        [2, 'tooFewColumns'],
        [3, ['2', '3']],
      ],
    ],
    ['too many columns', 'a,b\n1,2,3\n', [[2, 'tooManyColumns']]],
    ['empty cells past the header', 'a,b\n1,2,,\n', [[2, ['1', '2']]]],
    [
      'an open quote costs one line',
      'a,b\n"1,2\n3,4\n5,6\n',
      [
        [2, 'unclosedQuote'],
        [3, ['3', '4']],
        [4, ['5', '6']],
      ],
    ],
    [
      'text after a quote',
      'a,b\n"1"x,2\n3,4\n',
      [
        [2, 'textAfterQuote'],
        [3, ['3', '4']],
      ],
    ],
    [
      'an open quote costs one line, though quotes follow',
      'a,b\n"1,2\n"3","4"\n5,6\n',
      [
        [2, 'textAfterQuote'],
        [3, ['3', '4']],
        [4, ['5', '6']],
      ],
    ],
    [
      'a quote inside an unquoted cell beside a broken one',
      'a,b\n5" disk,"1"x\n3,4\n',
      [
        [2, 'textAfterQuote'],
        [3, ['3', '4']],
      ],
    ],
    ['a cell that begins with a quote', 'a,b\n"""1"" x",2\n', [[2, ['"1" x', '2']]]],
    ['a cell that is a quote', 'a,b\n"""",2\n', [[2, ['"', '2']]]],
    ['names of the object prototype', '__proto__,constructor\n1,2\n', [[2, ['1', '2']]]],
  ])('%s', async (_, text, expected) => {
    const rows = await readAll(csvReader, text, { columns: ['a', 'b'], header: true });
    expect(rows.map((row) => [row.line, row.kind === 'row' ? row.values : row.reason])).toEqual(
      expected,
    );
  });

  it('gives the same records whatever the size of the pieces', () => {
    const text = 'a,"b ""c""\r\nd"\r\n"",e\n"x"y\n\n"open,1\n2,3';
    const whole = parseIn(text, text.length);
    for (let size = 1; size < text.length; size += 1) expect(parseIn(text, size)).toEqual(whole);
  });

  it('never holds a line past the limit, and goes on after it', () => {
    const parser = new CsvRecords({ delimiter: ',', newline: 'lf' }, 1_000);
    const records = [...parser.push('a,b\n', false)];
    for (let piece = 0; piece < 50; piece += 1)
      records.push(...parser.push('x'.repeat(500), false));
    records.push(...parser.push('\n1,2\n', true));
    expect(
      records.map((record) => [record.line, 'reason' in record ? record.reason : 'row']),
    ).toEqual([
      [1, 'row'],
      [2, 'rowTooLong'],
      [3, 'row'],
    ]);
  });

  it.each([
    ['text after a quote in every line', '"a" b,c\n', 'textAfterQuote', 1_000],
    ['an open quote in every line', '"a,b\n', 'textAfterQuote', 1_000],
    ['a broken cell of two lines', '"a\nb" c,d\n', 'textAfterQuote', 1_000],
  ])('names each of many bad rows: %s', (_, row, reason, count) => {
    const records = parseIn(row.repeat(count), 65_536);
    const bad = records.filter((record) => 'reason' in record);
    expect(bad.filter((record) => record.reason === reason).length).toBeGreaterThanOrEqual(
      count - 1,
    );
    const breaks = row.split('\n').length - 1;
    expect(records).toHaveLength(count * breaks);
    expect(records.map(({ line }) => line)).toEqual(records.map((_, at) => at + 1));
  });

  it('counts its lines itself, as csv-parse takes a CRLF inside quotes for two', () => {
    const text = '"a\r\nb",1\r\n"c\r\nd",2\r\n';
    expect(parseIn(text, text.length).map(({ line }) => line)).toEqual([1, 3]);
    const lines: number[] = [];
    parse(text, {
      record_delimiter: ['\r\n', '\n'],
      on_record: (record, info) => {
        lines.push(info.lines);
        return record;
      },
    });
    // Where each record ends: right would be 2 and 4.
    expect(lines).toEqual([3, 6]);
  });

  it('reads in pieces what csv-parse reads at once', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '💧', ' ', ',', ';', '"', '\n', '\r\n', '\t'),
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 }),
        fc.constantFrom(...delimiters),
        fc.integer({ min: 1, max: 40 }),
        (rows, delimiter, size) => {
          const text = rows
            .map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(delimiter))
            .join('\n');
          const expected = parse(text, { delimiter, info: true, record_delimiter: '\n' });
          expect(
            parseIn(text, size, delimiter).map((r) => ('cells' in r ? r.cells : r.reason)),
          ).toEqual(expected.map((entry) => (entry as unknown as { record: string[] }).record));
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('how a CSV file is laid out', () => {
  const sniffed = (text: string) => csvReader.sniff(text);
  it.each<[string, string, Partial<Reading>]>([
    [
      'comma',
      'prompt,reply\na,b\nc,d\n',
      { delimiter: ',', header: true, columns: ['prompt', 'reply'] },
    ],
    [
      'two columns of semicolon',
      'question;answer\n"Hi, there; you";Yes, we do\nb;"c, d, e"\n',
      { delimiter: ';', columns: ['question', 'answer'] },
    ],
    ['tab', 'a\tb\n1\t2, 3\n4\t5\n', { delimiter: '\t' }],
    ['bar', 'prompt|reply\nHello, you|Yes\n', { delimiter: '|' }],
    ['one column', 'text\none\ntwo\n', { delimiter: ',', columns: ['text'] }],
    [
      'no header',
      '"How do I pay?","By card, please."\n"When?","Today."\n',
      { header: false, columns: ['', ''] },
    ],
    ['no header: values that return', 'x,yes\ny,no\nz,yes\n', { header: false }],
    [
      'old Mac line breaks',
      'prompt,reply\ra,b\rc,d',
      { newline: 'cr', columns: ['prompt', 'reply'] },
    ],
  ])('%s', (_, text, expected) => {
    expect(sniffed(text)).toMatchObject(expected);
  });
});

const spectrum = outsideData('csv_spectrum');

describeWith(spectrum, 'csv-spectrum', () => {
  const names = readdirSync(path.join(spectrum, 'csvs'))
    .map((name) => name.replace('.csv', ''))
    // Its expected result names another telephone number than its file.
    .filter((name) => name !== 'location_coordinates');
  it.each(names)('%s', async (name) => {
    const text = readFileSync(path.join(spectrum, 'csvs', `${name}.csv`), 'utf8');
    const expected = JSON.parse(
      readFileSync(path.join(spectrum, 'json', `${name}.json`), 'utf8').replaceAll('\\r\\n', '\\n'),
    ) as Record<string, string>[];
    const { columns } = csvReader.sniff(text, { delimiter: ',', header: true });
    const rows = await readAll(csvReader, text, { columns, header: true });
    // The files lost the CRLF that the expected results speak of; that it is kept is tried above.
    const objects = cells(rows).map((values) =>
      Object.fromEntries(columns.map((column, at) => [column, values[at] ?? ''])),
    );
    expect(objects).toEqual(expected);
  });
});

const horror = outsideData('messytables_dev/horror');

describeWith(horror, 'real open-data files', () => {
  const detect = (name: string) => {
    const inspector = new FileInspector();
    inspector.write(readFileSync(path.join(horror, name)));
    const { head, isUtf8 } = inspector.end();
    return detectReading(head, isUtf8);
  };
  it.each<[string, Partial<Reading> | { fault: string }]>([
    ['utf8bom.csv', { encoding: 'utf-8', delimiter: ',' }],
    ['simple.ssv', { delimiter: ';' }],
    ['simple.psv', { delimiter: '|' }],
    ['simple.csv', { delimiter: ',', columns: ['date', 'temperature', 'place'] }],
    ['spanish_chars.csv', { encoding: 'windows-1252' }],
    ['simple.xlsx', { fault: 'workbook' }],
    ['simple.xls', { fault: 'workbook' }],
    ['multilineods.ods', { fault: 'workbook' }],
  ])('%s', (name, expected) => {
    expect(detect(name)).toMatchObject(expected);
  });

  it('long.csv: every row of one column', async () => {
    const text = readFileSync(path.join(horror, 'long.csv'), 'utf8');
    const rows = await readAll(csvReader, text, { ...csvReader.sniff(text) });
    expect(rows.length).toBeGreaterThan(3_900);
    expect(rows.every((row) => row.kind === 'row')).toBe(true);
  });
});

const bitext = outsideData('bitext_support');

describeWith(bitext, 'customer support in bulk', () => {
  it.each([
    ['bitext_support_2023-08-07_short_replies.csv', 6_480, 0],
    ['bitext_support_2023-08-18_long_replies.csv', 4_514, 26_706],
  ])(
    '%s',
    async (name, count, breaks) => {
      const text = readFileSync(path.join(bitext, name), 'utf8');
      const reading = readingOf(csvReader.sniff(text));
      expect(reading).toMatchObject({ delimiter: ',', header: true });
      const rows = await readAll(csvReader, text, reading);
      expect(rows).toHaveLength(count);
      expect(rows.filter((row) => row.kind === 'bad')).toEqual([]);
      const crlf = cells(rows).flat().join('').split('\r\n').length - 1;
      expect(crlf).toBe(breaks);
    },
    30_000,
  );
});
