import { existsSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { dataPath, filePath } from '@/lib/files';
import { streamBadRows } from '@/lib/imports/bad-rows-csv';
import {
  changeImportMapping,
  changeImportReading,
  discardImport,
} from '@/lib/imports/import-mutations';
import { findImports, getImport, getImportPreview } from '@/lib/imports/import-queries';
import { importSamples } from '@/lib/imports/import-samples';
import {
  check,
  importText,
  makePlace,
  mappingOf,
  type Place,
  upload,
} from '@/lib/imports/import-test-kit';
import { stopQueue } from '@/lib/queue';

let place: Place;
beforeEach(async () => {
  place = await makePlace();
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const viewOf = (importId: string) =>
  getImport(place.viewer, { datasetId: place.datasetId, importId });

describe('an uploaded file', () => {
  it.each([
    ['../../../../tmp/evil.csv', 'evil.csv'],
    ['a\u0000b\r\nX-Injected: 1.csv', 'abX-Injected: 1.csv'],
    [`${'n'.repeat(300)}.csv`, `${'n'.repeat(145)}….csv`],
    ['', 'import'],
  ])('named %j lies under a key of its own and is called %j', async (name, shown) => {
    const importId = await upload(place, 'prompt,reply\na,b\n', name);
    const { fileKey, fileName } = await db.import.findUniqueOrThrow({ where: { id: importId } });
    expect(fileName).toBe(shown);
    expect(fileKey).toMatch(/^imports\/[0-9a-f-]{36}$/);
    expect(filePath(fileKey).startsWith(dataPath('files', 'imports'))).toBe(true);
    expect(existsSync(filePath(fileKey))).toBe(true);
  });

  it.each([
    ['', 'imports.errors.emptyFile'],
    ['PK\u0003\u0004 sheet', 'imports.errors.workbook'],
    ['%PDF-1.7', 'imports.errors.pdf'],
  ])('that is no text is refused and not kept: %j', async (text, messageKey) => {
    await expect(upload(place, text)).rejects.toMatchObject({ code: 'INVALID', messageKey });
    expect(await db.import.count({ where: { datasetId: place.datasetId } })).toBe(0);
  });

  it('that breaks off on its way leaves nothing', async () => {
    const { createImport } = await import('@/lib/imports/import-mutations');
    async function* body() {
      yield Buffer.from('prompt,reply\n');
      throw new Error('connection lost');
    }
    const input = { datasetId: place.datasetId, fileName: 'x.csv', body: body() };
    await expect(createImport(place.viewer, input)).rejects.toThrow('connection lost');
    expect(await db.import.count({ where: { datasetId: place.datasetId } })).toBe(0);
  });

  it.each([
    ['csv', importSamples.csv],
    ['jsonl', importSamples.jsonl],
  ])('the sample %s imports whole', async (_, sample) => {
    const importId = await importText(place, sample.text, sample.fileName);
    const { counts } = await viewOf(importId);
    expect(counts).toMatchObject({ rows: 3, fresh: 3, bad: 0, topics: 3 });
  });
});

describe('reading and mapping', () => {
  it('shows the first 20 rows under any mapping, and the reason of bad ones', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => `q${at},r${at},t`);
    const importId = await upload(place, ['prompt,reply,topic', ',empty,', ...rows].join('\n'));
    const { rows: shown, samples } = await getImportPreview(place.viewer, { importId });
    expect(shown).toHaveLength(20);
    expect(shown[0]).toMatchObject({ line: 2, bad: true, reason: 'empty', column: 'prompt' });
    expect(shown[1]).toMatchObject({ line: 3, reply: 'r0', topic: 't', groupKey: null });
    expect(samples).toEqual(['q0', 'empty', 't']);
    const mapping = mappingOf({ prompt: 1, reply: 0, group: 2 });
    const other = await getImportPreview(place.viewer, { importId, mapping });
    expect(other.rows[1]).toMatchObject({ reply: 'q0', groupKey: 't', topic: null });
  });

  it('takes the mapping of the last import with the same columns', async () => {
    const file = 'a,b\n1,2\n';
    const first = await upload(place, file);
    const mapping = mappingOf({ prompt: 1, reply: 0, topic: 0 });
    await changeImportMapping(place.viewer, { importId: first, version: 1, mapping });
    await changeImportReading(place.viewer, {
      importId: first,
      version: 2,
      change: { header: true },
    });
    await changeImportMapping(place.viewer, { importId: first, version: 3, mapping });
    await check(place, first);
    const second = await upload(place, 'a,b\n3,4\n');
    const third = await upload(place, 'a,c\n3,4\n');
    const header = async (importId: string) => {
      await changeImportReading(place.viewer, { importId, version: 1, change: { header: true } });
      return (await viewOf(importId)).mapping;
    };
    expect(await header(second)).toEqual(mapping);
    expect(await header(third)).toEqual(mappingOf({}));
  });

  it('refuses a column that the file does not have, and an old version', async () => {
    const importId = await upload(place, 'prompt,reply\na,b\n');
    const mapping = mappingOf({ prompt: 0, reply: 7 });
    await expect(
      changeImportMapping(place.viewer, { importId, version: 1, mapping }),
    ).rejects.toMatchObject({ code: 'INVALID' });
    const good = mappingOf({ prompt: 0, reply: 1 });
    await changeImportMapping(place.viewer, { importId, version: 1, mapping: good });
    await expect(
      changeImportMapping(place.viewer, { importId, version: 1, mapping: good }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('removes the file of an import that is given up', async () => {
    const importId = await upload(place, 'prompt,reply\na,b\n');
    const { fileKey } = await db.import.findUniqueOrThrow({ where: { id: importId } });
    await discardImport(place.viewer, { importId, version: 1 });
    expect(existsSync(filePath(fileKey))).toBe(false);
    expect(await findImports(place.viewer, place.datasetId)).toEqual([]);
  });
});

it('the bad rows can be downloaded, without formulas and with every cell', async () => {
  const importId = await upload(
    place,
    'prompt,reply\n"=HYPERLINK(""http://x"")",\n@cmd,b,c,d\n"open,quote\n',
  );
  await check(place, importId);
  const stream = streamBadRows(place.viewer, await viewOf(importId), {
    line: 'Line',
    column: 'Column',
    reason: 'Reason',
    source: 'Source',
    reasonOf: (reason) => reason,
  });
  const text = await new Response(stream).text();
  expect(parse(text, { bom: true, relax_column_count: true })).toEqual([
    ['prompt', 'reply', 'Line', 'Column', 'Reason'],
    ['\'=HYPERLINK("http://x")', '', '2', 'reply', 'empty'],
    ["'@cmd", 'b', '3', '', 'tooManyColumns', 'c', 'd'],
    ['"open,quote', '', '4', '', 'unclosedQuote'],
  ]);
});
