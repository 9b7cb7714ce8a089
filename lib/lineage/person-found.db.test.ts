// What a search lists is what is erased: by ids, without what an admin leaves out, and what has to be
// changed by hand is said.
import { Readable } from 'node:stream';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { createImport } from '@/lib/imports/import-mutations';
import { erasePerson } from '@/lib/lineage/erase-mutations';
import { deliverErasure } from '@/lib/lineage/erasure-fixtures';
import { findPerson } from '@/lib/lineage/person-queries';
import { stopQueue } from '@/lib/queue';
import { createApprovedBrief } from '@/lib/releases/release-fixtures';
import { createDataset, createExample, createTeam } from '@/tests/factories-examples';

let team: Awaited<ReturnType<typeof createTeam>>;
let datasetId: string;

beforeEach(async () => {
  team = await createTeam('shop');
  ({ id: datasetId } = await createDataset(team.admin));
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const example = (prompt: string) => createExample(team.writer, datasetId, { prompt });
const idsOf = (found: Awaited<ReturnType<typeof findPerson>>) =>
  found.examples.filter(({ isLeftOut }) => !isLeftOut).map(({ id }) => id);

async function upload(text: string, state: 'uploaded' | 'imported'): Promise<string> {
  const { id } = await createImport(team.writer, {
    datasetId,
    fileName: 'mails.csv',
    body: Readable.from([Buffer.from(text)]),
  });
  await db.import.update({ where: { id }, data: { state }, select: { id: true } });
  return id;
}

describe('what is listed', () => {
  test('holds the text as a word; parts of words where that is asked for', async () => {
    const word = await example('Ann wants her money back.');
    const part = await example('Where is the Annual report?');
    expect(idsOf(await findPerson(team.admin, { text: 'Ann' }))).toEqual([word.id]);
    const all = await findPerson(team.admin, { text: 'Ann', partOfWord: true });
    expect(idsOf(all)).toEqual([word.id, part.id]);
  });

  test('is found and erased by the same comparison', async () => {
    const { id } = await example('I am Otti\u200blie\u00a0\nKranzbu\u0308hler, +49 (30) 123-456.');
    for (const text of ['ottilie KRANZBÜHLER', '0049 30123456'])
      expect(idsOf(await findPerson(team.admin, { text })), text).toEqual([id]);
    const text = '+4930123456';
    const { seen } = await findPerson(team.admin, { text });
    const { jobId } = await erasePerson(team.admin, { text, seen });
    expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
    expect(await db.example.findUnique({ where: { id } })).toBeNull();
  });

  test('is what is erased: another example of the same number of them is a conflict', async () => {
    const text = 'Berta Quist';
    const first = await example(`I am ${text}`);
    const before = await findPerson(team.admin, { text });
    await db.$executeRaw`SELECT erase_example(${first.id}::uuid, ${team.admin.userId}::uuid)`;
    await example(`${text} again`);
    const after = await findPerson(team.admin, { text });
    expect(after.counts).toEqual(before.counts);
    await expect(erasePerson(team.admin, { text, seen: before.seen })).rejects.toMatchObject({
      code: 'CONFLICT',
      messageKey: 'lineage.errors.changed',
    });
    await expect(erasePerson(team.admin, { text, seen: after.seen })).resolves.toBeTruthy();
  });

  test('without what was left out, which stays with all that is about it', async () => {
    const text = 'Berta Quist';
    const gone = await example(`I am ${text} of Bern`);
    const stays = await example(`I am ${text} of Basel`);
    const except = [stays.id];
    const found = await findPerson(team.admin, { text, except });
    expect(found.counts.examples).toBe(1);
    expect(found.examples.map(({ id, isLeftOut }) => [id, isLeftOut])).toEqual([
      [gone.id, false],
      [stays.id, true],
    ]);
    // What was seen without it is not what would be erased with it.
    await expect(erasePerson(team.admin, { text, seen: found.seen })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const { jobId } = await erasePerson(team.admin, { text, except, seen: found.seen });
    expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
    expect(await db.example.findMany({ where: { datasetId }, select: { id: true } })).toEqual([
      { id: stays.id },
    ]);
  });

  test('needs a text that names somebody', async () => {
    for (const text of ['An', ' a ', '王'])
      await expect(findPerson(team.admin, { text })).rejects.toThrow();
    const { id } = await example('客户王伟先生来信');
    expect(idsOf(await findPerson(team.admin, { text: '王伟' }))).toEqual([id]);
  });
});

describe('files', () => {
  const text = 'Berta Quist';
  const file = `prompt,reply,remark\nHello,Hi,from Berta\u00a0Quist\n`;

  test('that were imported go, also where no example holds what they hold', async () => {
    const id = await upload(file, 'imported');
    const found = await findPerson(team.admin, { text });
    expect(found.imports.map((one) => one.id)).toEqual([id]);
    const { jobId } = await erasePerson(team.admin, { text, seen: found.seen });
    expect(await deliverErasure(jobId)).toMatchObject({ state: 'done' });
    const again = await findPerson(team.admin, { text });
    expect(Object.values(again.counts).every((count) => count === 0)).toBe(true);
  });

  test('that wait are listed by hand, with briefs and names of datasets; nothing of it is erased', async () => {
    const uploadId = await upload(file, 'uploaded');
    const { id: other } = await createDataset(team.admin, { name: `Mails of ${text}` });
    await createApprovedBrief(team.admin, team.reviewer, datasetId, {
      rules: [{ kind: 'banned_phrase', phrases: [text] }],
    });
    await createApprovedBrief(team.admin, team.reviewer, datasetId, { version: 2 });
    const found = await findPerson(team.admin, { text });
    expect(Object.values(found.counts).every((count) => count === 0)).toBe(true);
    expect(found.byHand).toMatchObject({
      uploads: [{ id: uploadId, fileName: 'mails.csv', datasetId }],
      datasets: [{ id: other }],
      briefs: [{ version: 1, datasetId, isLatest: false }],
    });
    await expect(erasePerson(team.admin, { text, seen: found.seen })).rejects.toMatchObject({
      code: 'INVALID',
      messageKey: 'lineage.errors.nothing',
    });
  });
});
