import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  changeReading,
  decodeText,
  detectReading,
  FileInspector,
} from '@/lib/imports/import-detection';
import type { Encoding } from '@/lib/imports/import-schema';
import { describeWith, outsideData } from '@/tests/outside-data';

function inspect(bytes: Uint8Array, size = 3) {
  const inspector = new FileInspector();
  for (let at = 0; at < bytes.length; at += size) inspector.write(bytes.subarray(at, at + size));
  const { head, isUtf8 } = inspector.end();
  return { head, isUtf8, reading: detectReading(head, isUtf8) };
}

const text = 'prompt,reply\n"Größe “M”?","Ja – 5 €"\n';
const utf16 = (order: 'le' | 'be', bom: boolean) => {
  const bytes = Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};
const windows1252 = Buffer.from(
  [...text].map((c) => ({ '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80 })[c] ?? c.charCodeAt(0)),
);

describe('the encoding of a file', () => {
  it.each<[string, Uint8Array, Encoding]>([
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 LE with mark', utf16('le', true), 'utf-16le'],
    ['UTF-16 BE with mark', utf16('be', true), 'utf-16be'],
    ['UTF-16 LE without', utf16('le', false), 'utf-16le'],
    ['UTF-16 BE without', utf16('be', false), 'utf-16be'],
    ['Windows-1252', windows1252, 'windows-1252'],
  ])('%s', async (_, bytes, encoding) => {
    const { reading } = inspect(bytes);
    expect(reading).toMatchObject({ encoding, columns: ['prompt', 'reply'], delimiter: ',' });
    async function* chunks() {
      for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
    }
    let decoded = '';
    for await (const piece of decodeText(chunks(), encoding)) decoded += piece;
    expect(decoded).toBe(text);
  });

  it('looks at the whole file: one wrong byte behind the head makes it no UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n'.repeat(100_000)), Buffer.from([0xe9])]);
    expect(inspect(bytes, 50_000)).toMatchObject({
      isUtf8: false,
      reading: { encoding: 'windows-1252' },
    });
  });

  it.each<[string, number[], string]>([
    ['nothing', [], 'emptyFile'],
    ['blanks', [32, 10, 32, 10], 'emptyFile'],
    ['only a byte order mark', [0xef, 0xbb, 0xbf], 'emptyFile'],
    ['a zip or workbook', [0x50, 0x4b, 3, 4, 1, 2], 'workbook'],
    ['gzip', [0x1f, 0x8b, 8, 0], 'archive'],
    ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d], 'pdf'],
    ['noise', [1, 0, 0, 2, 3, 0, 0, 9, 200, 0], 'binary'],
  ])('%s is no import', (_, bytes, fault) => {
    expect(inspect(Buffer.from(bytes)).reading).toEqual({ fault });
  });

  it('takes a stray NUL for text', () => {
    expect(inspect(Buffer.from(`${text.repeat(10)}a\u0000,b\n`)).reading).toMatchObject({
      encoding: 'utf-8',
    });
  });
});

it('reads the head again when a person chooses another delimiter', () => {
  const { head, reading } = inspect(Buffer.from('prompt;a,reply\nx;1,y\n'));
  if ('fault' in reading) throw new Error(reading.fault);
  expect(changeReading(head, reading, { delimiter: ';' }).columns).toEqual(['prompt', 'a,reply']);
  expect(changeReading(head, reading, { header: false }).columns).toEqual(
    reading.columns.map(() => ''),
  );
});

const samples = outsideData('charset_samples');

describeWith(samples, 'texts in many encodings', () => {
  const files = readdirSync(samples, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      readdirSync(path.join(samples, entry.name)).map((name) => `${entry.name}/${name}`),
    );
  it.each(files.filter((name) => /\/(utf-8|utf-16.*|windows-1252)(\.|$)/.test(name)))(
    '%s',
    (name) => {
      const { reading } = inspect(readFileSync(path.join(samples, name)), 100);
      const asked = /\/(utf-8|utf-16|windows-1252)/.exec(name)?.[1] ?? '';
      // UTF-16 without a mark and without Latin letters cannot be told; the person chooses it.
      if (asked === 'utf-16' && 'fault' in reading) return expect(reading.fault).toBe('binary');
      expect('encoding' in reading ? reading.encoding : reading.fault).toContain(asked);
    },
  );
});
