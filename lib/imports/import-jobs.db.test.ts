import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { contentSchema } from '@/lib/examples/content';
import { contentHash, duplicateKeys } from '@/lib/examples/content-hash';
import {
  changeImportMapping,
  startImportCheck,
  startImportUndo,
} from '@/lib/imports/import-mutations';
import {
  findBadRows,
  getImport,
  getImportPreview,
  getUndoEffect,
} from '@/lib/imports/import-queries';
import type { ImportCounts } from '@/lib/imports/import-schema';
import {
  addPerson,
  check,
  deliver,
  importText,
  killedAt,
  makePlace,
  mappingOf,
  type Place,
  startCommit,
  upload,
} from '@/lib/imports/import-test-kit';
import { cancelJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import { describeWith, outsideData } from '@/tests/outside-data';

const csv = [
  'ticket,question,answer,intent',
  '1,"Where is my order?","It is on its way.",tracking',
  '2,"Where is  MY order?","It is on its way.",tracking',
  '3,"Where is my order?","Please give me its number.",tracking',
  '4,"","It is on its way.",tracking',
  '5,"How do I return it?","Use the label,\nplease.",returns',
  '6,too,few',
  '7,"Hello","Good day.",other',
].join('\n');

let place: Place;
beforeEach(async () => {
  place = await makePlace();
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

const countsOf = async (importId: string) =>
  (await db.import.findUniqueOrThrow({ where: { id: importId } })).counts as ImportCounts;
const stateOf = async (importId: string) =>
  (await db.import.findUniqueOrThrow({ where: { id: importId } })).state;
const examplesOf = (datasetId: string) =>
  db.example.findMany({
    where: { datasetId },
    orderBy: { number: 'asc' },
    include: { currentRevision: true, findings: true },
  });

describe('the dry run', () => {
  it('counts new, duplicate, other reply and bad, and writes nothing else', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    expect(await countsOf(importId)).toEqual({
      rows: 7,
      fresh: 4,
      duplicates: 1,
      duplicatesInFile: 1,
      otherReply: 1,
      bad: 2,
      unknownAuthors: 0,
      topics: 3,
      groups: 4,
      blocked: 0,
    });
    expect(await stateOf(importId)).toBe('checked');
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(0);
    expect(await db.revision.count({ where: { workspaceId: place.workspaceId } })).toBe(0);
    const { rows } = await findBadRows(place.viewer, { importId });
    expect(rows.map(({ line, column, reason }) => ({ line, column, reason }))).toEqual([
      { line: 5, column: 'question', reason: 'empty' },
      { line: 8, column: null, reason: 'tooFewColumns' },
    ]);
  });

  it('counts what the dataset already holds, and an earlier check is forgotten after a new mapping', async () => {
    await importText(place, csv);
    const importId = await upload(place, csv);
    await check(place, importId);
    expect(await countsOf(importId)).toMatchObject({ fresh: 0, duplicates: 5, bad: 2 });
    const { version } = await getImport(place.viewer, { datasetId: place.datasetId, importId });
    await changeImportMapping(place.viewer, {
      importId,
      version,
      mapping: mappingOf({ prompt: 2, reply: 1 }),
    });
    await expect(startCommit(place, importId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await check(place, importId);
    expect(await countsOf(importId)).toMatchObject({ fresh: 4, otherReply: 0, topics: 0 });
  });

  it('leaves the import as it was when it is cancelled', async () => {
    const importId = await upload(place, csv);
    const { jobId } = await startImportCheck(place.viewer, { importId, version: 1 });
    await cancelJob(place.viewer, jobId);
    await deliver(jobId);
    expect(await stateOf(importId)).toBe('uploaded');
    expect((await db.job.findUniqueOrThrow({ where: { id: jobId } })).state).toBe('cancelled');
    expect(await db.importRow.count({ where: { importId } })).toBe(0);
  });
});

describe('the import', () => {
  it('writes examples with revisions, numbers, topics and groups, in the order of the file', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    await deliver(await startCommit(place, importId, 'in_review'));
    const rows = await examplesOf(place.datasetId);
    expect(rows.map((row) => [row.number, row.topic, row.groupKey])).toEqual([
      [1, 'tracking', '1'],
      [2, 'tracking', '3'],
      [3, 'returns', '5'],
      [4, 'other', '7'],
    ]);
    for (const row of rows) {
      const revision = row.currentRevision;
      const content = contentSchema.parse(revision?.content);
      expect(row).toMatchObject({
        status: 'in_review',
        source: 'import',
        importId,
        authorId: place.viewer.userId,
        ...duplicateKeys(content),
      });
      expect(row.submittedAt).toBeInstanceOf(Date);
      expect(revision).toMatchObject({
        ordinal: 1,
        origin: 'import',
        authorId: place.viewer.userId,
        contentHash: contentHash(content),
        replyText: content.reply,
        promptText: content.messages[0]?.content,
      });
    }
    expect(rows[2]?.currentRevision?.replyText).toBe('Use the label,\nplease.');
    const { nextNumber } = await db.dataset.findUniqueOrThrow({ where: { id: place.datasetId } });
    expect(nextNumber).toBe(5);
    const entries = await db.auditEvent.findMany({ where: { subjectId: importId } });
    expect(entries.map((entry) => entry.action)).toContain('import.committed');
    expect(entries.find((entry) => entry.action === 'import.committed')?.data).toEqual({
      rows: 7,
      fresh: 4,
      duplicates: 1,
      bad: 2,
      firstNumber: 1,
      target: 'in_review',
    });
  });

  it('names the agent as co-author, matched by address or name, and counts strangers', async () => {
    const agent = await addPerson(place.workspaceId, 'reviewer', 'mia@example.org', 'Mia Löwe');
    const importId = await importText(
      place,
      'prompt,reply,agent\na,b,MIA@example.org\nc,d,mia löwe\ne,f,nobody@example.org\ng,h,\n',
    );
    const rows = await examplesOf(place.datasetId);
    expect(rows.map((row) => row.currentRevision?.coAuthorId)).toEqual([
      agent.userId,
      agent.userId,
      null,
      null,
    ]);
    expect((await countsOf(importId)).unknownAuthors).toBe(1);
  });

  it('writes the findings of the brief', async () => {
    const ruleId = randomUUID();
    await db.brief.create({
      data: {
        workspaceId: place.workspaceId,
        datasetId: place.datasetId,
        version: 1,
        task: 'Answer',
        systemPrompt: 'You answer.',
        guidelines: '',
        slots: ['name'],
        rules: [
          { id: ruleId, kind: 'banned_phrase', severity: 'blocker', phrases: ['ASAP'] },
        ] as never,
        contentHash: '0',
        authorId: place.viewer.userId,
      },
    });
    const importId = await importText(
      place,
      'prompt,reply\nq1,We answer asap.\nq2,Hi {{nam}}\nq3,Fine\n',
    );
    const rows = await examplesOf(place.datasetId);
    expect(rows.map((row) => row.findings.map((finding) => finding.check))).toEqual([
      ['banned_phrase'],
      ['unknown_slot'],
      [],
    ]);
    expect(rows[0]?.findings[0]).toMatchObject({
      ruleId,
      severity: 'blocker',
      state: 'open',
      spanStart: 10,
      spanEnd: 14,
      revisionId: rows[0]?.currentRevisionId,
    });
    expect((await countsOf(importId)).blocked).toBe(2);
  });

  it('is done once when the job is delivered twice at the same moment, and again later', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    const jobId = await startCommit(place, importId);
    await Promise.all([deliver(jobId), deliver(jobId)]);
    await db.job.update({ where: { id: jobId }, data: { state: 'running' } });
    await deliver(jobId);
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(4);
    expect(await stateOf(importId)).toBe('imported');
    expect(
      await db.auditEvent.count({ where: { subjectId: importId, action: 'import.committed' } }),
    ).toBe(1);
  });

  it('was committed, but the worker died before it heard so: it is not done again', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    const jobId = await startCommit(place, importId);
    expect(await killedAt('COMMIT', 'after', () => deliver(jobId))).toBe(false);
    expect(await stateOf(importId)).toBe('imported');
    await deliver(jobId);
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(4);
    expect(await stateOf(importId)).toBe('imported');
  });

  it('keeps every text and label character for character on its way into the database', async () => {
    const nasty = fc
      .string({
        unit: fc.oneof(
          fc.constantFrom(
            '\\',
            '\\N',
            '\t',
            '\r\n',
            '"',
            '{',
            '}',
            ',',
            '\ufeff',
            '\ufffd',
            '\u2028',
          ),
          fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
        ),
        minLength: 1,
        maxLength: 20,
      })
      .filter((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\u0000'));
    const rows = fc.sample(fc.tuple(nasty, nasty, nasty), 300).map(([prompt, reply, tag], at) => ({
      messages: [
        { role: 'user', content: `${at} ${prompt}` },
        { role: 'assistant', content: reply },
      ],
      topic: tag,
      tags: [tag],
    }));
    await importText(place, rows.map((row) => JSON.stringify(row)).join('\n'), 'chats.jsonl');
    const stored = await examplesOf(place.datasetId);
    expect(stored).toHaveLength(rows.length);
    for (const [at, row] of rows.entries()) {
      const revision = stored[at]?.currentRevision;
      const content = { messages: row.messages.slice(0, 1), reply: row.messages[1]?.content ?? '' };
      expect(revision?.content).toEqual(content);
      expect(revision?.contentHash).toBe(contentHash(contentSchema.parse(content)));
      expect(revision?.replyText).toBe(content.reply);
      expect(stored[at]?.topic).toBe(row.topic.replace(/\s+/gu, ' ').trim());
    }
  });

  it('stores replies that are JSON byte for byte', async () => {
    const replies = [
      '{ "total" : 12.50, "a": 1e3, "total": -0, "list": [ ] }',
      '{\n\t"name": "Caf\\u00e9 \\"Zwei\\" 😀",\r\n  "path": "C:\\\\x"\n}\n',
      '  {"big": 12345678901234567890.10, "none": null}  ',
    ];
    const lines = replies.map((content, at) =>
      JSON.stringify({
        messages: [
          { role: 'user', content: `Receipt ${at}` },
          { role: 'assistant', content },
        ],
      }),
    );
    await importText(place, lines.join('\n'), 'receipts.jsonl');
    const stored = await examplesOf(place.datasetId);
    expect(stored.map(({ currentRevision }) => currentRevision?.replyText)).toEqual(replies);
    const contents = stored.map(({ currentRevision }) =>
      contentSchema.parse(currentRevision?.content),
    );
    expect(contents.map(({ reply }) => reply)).toEqual(replies);
    expect(stored.map(({ currentRevision }) => currentRevision?.contentHash)).toEqual(
      contents.map((content) => contentHash(content)),
    );
  });

  it('leaves nothing when it is cancelled on the way, and can be started again', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    const jobId = await startCommit(place, importId);
    await cancelJob(place.viewer, jobId);
    await deliver(jobId);
    expect(await stateOf(importId)).toBe('checked');
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(0);
    expect(await db.dataset.findUniqueOrThrow({ where: { id: place.datasetId } })).toMatchObject({
      nextNumber: 1,
    });
    await deliver(await startCommit(place, importId));
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(4);
  });

  it('does nothing for a person who has left the workspace', async () => {
    const writer = await addPerson(place.workspaceId, 'writer', 'gone@example.org', 'Gone');
    const theirs = { ...place, viewer: writer };
    const importId = await upload(theirs, csv);
    await check(theirs, importId);
    const jobId = await startCommit(theirs, importId);
    await db.member.deleteMany({ where: { userId: writer.userId } });
    await deliver(jobId, { lastAttempt: true });
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(0);
    expect(await stateOf(importId)).toBe('checked');
  });
});

describe('undo', () => {
  it('bins untouched rows, frees their keys and keeps what was changed', async () => {
    const importId = await importText(place, csv);
    const [first] = await examplesOf(place.datasetId);
    await db.example.update({
      where: { id: first?.id ?? '' },
      data: { topic: 'changed', version: { increment: 1 } },
    });
    expect(await getUndoEffect(place.viewer, importId)).toEqual({ binned: 3, kept: 1 });
    const { version } = await getImport(place.viewer, { datasetId: place.datasetId, importId });
    const { jobId } = await startImportUndo(place.viewer, { importId, version });
    await deliver(jobId);
    await db.job.update({ where: { id: jobId }, data: { state: 'running' } });
    await deliver(jobId);
    expect(await stateOf(importId)).toBe('undone');
    expect((await countsOf(importId)).undone).toEqual({ binned: 3, kept: 1 });
    const live = await db.example.findMany({
      where: { datasetId: place.datasetId, binnedAt: null },
    });
    expect(live.map((row) => row.id)).toEqual([first?.id]);
    const again = await upload(place, csv);
    await check(place, again);
    expect(await countsOf(again)).toMatchObject({ fresh: 3, duplicates: 2 });
  });

  it('is for the person who imported and for admins', async () => {
    const importId = await importText(place, csv);
    const writer = await addPerson(place.workspaceId, 'writer', 'w@example.org', 'W');
    await expect(startImportUndo(writer, { importId, version: 5 })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('the border of a workspace', () => {
  it('hides imports, previews and bad rows from another workspace and refuses its writes', async () => {
    const importId = await upload(place, csv);
    await check(place, importId);
    const stranger = await makePlace();
    const notFound = { code: 'NOT_FOUND' };
    await expect(
      getImport(stranger.viewer, { datasetId: place.datasetId, importId }),
    ).rejects.toMatchObject(notFound);
    await expect(getImportPreview(stranger.viewer, { importId })).rejects.toMatchObject(notFound);
    expect((await findBadRows(stranger.viewer, { importId })).rows).toEqual([]);
    await expect(startImportCheck(stranger.viewer, { importId, version: 3 })).rejects.toMatchObject(
      notFound,
    );
    await expect(upload({ ...stranger, datasetId: place.datasetId }, csv)).rejects.toMatchObject(
      notFound,
    );
  });

  it('counts no duplicate of another workspace', async () => {
    await importText(place, csv);
    const stranger = await makePlace();
    const importId = await upload(stranger, csv);
    await check(stranger, importId);
    expect(await countsOf(importId)).toMatchObject({ fresh: 4, duplicates: 1 });
  });
});

const shortReplies = outsideData('bitext_support/bitext_support_2023-08-07_short_replies.csv');

describeWith(shortReplies, 'a real file', () => {
  it('brings all its rows', async () => {
    const importId = await importText(place, readFileSync(shortReplies, 'utf8'));
    const counts = await countsOf(importId);
    expect(counts.rows).toBe(6_480);
    expect(counts.bad).toBe(0);
    expect(counts.fresh + counts.duplicates).toBe(6_480);
    expect(await db.example.count({ where: { datasetId: place.datasetId } })).toBe(counts.fresh);
  });
});
