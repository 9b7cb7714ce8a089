// People swap the approved texts of two examples, again and again, while releases are frozen and
// files are read. Every swap is one transaction, so in any one moment each text stands exactly once.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, disconnect } from '@/lib/db';
import { contentSchema } from '@/lib/examples/content';
import { addRevision, lockExample } from '@/lib/examples/revision-write';
import { getExport } from '@/lib/exports/export-queries';
import { renderExport } from '@/lib/exports/export-render';
import { manifestHeaderSchema } from '@/lib/exports/manifest';
import { exportFormats, findWriter } from '@/lib/exports/writers';
import { filePath } from '@/lib/files';
import { runJob } from '@/lib/jobs';
import { stopQueue } from '@/lib/queue';
import {
  createApproved,
  createApprovedBrief,
  questionOf,
  SYSTEM_PROMPT,
} from '@/lib/releases/release-fixtures';
import { releaseFreezeJob } from '@/lib/releases/release-jobs';
import { createRelease } from '@/lib/releases/release-mutations';
import type { Viewer } from '@/lib/session';
import { createDataset, createTeam } from '@/tests/factories-examples';
import { isLong } from '@/tests/form';

const SWAPS = isLong ? 2_000 : 200;
const PAIRS = 12;

type Pair = { left: string; right: string; texts: [string, string] };

let team: Awaited<ReturnType<typeof createTeam>>;
beforeAll(async () => {
  team = await createTeam('swaps');
});
afterAll(async () => {
  await stopQueue(0);
  await disconnect();
});

async function createPairs() {
  const { id: datasetId } = await createDataset(team.admin);
  const briefId = await createApprovedBrief(team.admin, team.reviewer, datasetId);
  const make = async (n: number, reply: string) =>
    (await createApproved(team.writer, team.reviewer, datasetId, { prompt: questionOf(n), reply }))
      .id;
  const pairs: Pair[] = [];
  for (let n = 0; n < PAIRS; n += 1) {
    const texts: [string, string] = [`Heads of ${n}.`, `Tails of ${n}.`];
    pairs.push({
      left: await make(2 * n, texts[0]),
      right: await make(2 * n + 1, texts[1]),
      texts,
    });
  }
  return { datasetId, briefId, pairs };
}

/** Puts the reply of each of two examples in the place of the other, approved, in one transaction. */
async function swap(writer: Viewer, reviewer: Viewer, pair: Pair): Promise<void> {
  await db.$transaction(async (tx) => {
    const examples = [];
    for (const id of [pair.left, pair.right].sort())
      examples.push(await lockExample(tx, writer, id));
    const contents = [];
    for (const example of examples) {
      const where = { id: example.currentRevisionId };
      const { content } = await tx.revision.findUniqueOrThrow({ where });
      contents.push(contentSchema.parse(content));
    }
    for (const [at, example] of examples.entries()) {
      const reply = contents[1 - at]?.reply ?? '';
      const messages = contents[at]?.messages ?? [];
      await addRevision(tx, writer, example, { content: { messages, reply }, origin: 'typed' });
      const now = await tx.example.findUniqueOrThrow({ where: { id: example.id } });
      await tx.review.create({
        data: {
          workspaceId: reviewer.workspaceId,
          exampleId: example.id,
          revisionId: now.currentRevisionId ?? '',
          revisionAuthorId: writer.userId,
          reviewerId: reviewer.userId,
          decision: 'approve',
        },
      });
      await tx.example.update({
        where: { id: example.id },
        data: {
          status: 'approved',
          approvedRevisionId: now.currentRevisionId,
          version: { increment: 1 },
        },
      });
    }
  });
}

/** The replies that a release holds, by example. */
async function repliesOf(releaseId: string): Promise<Map<string, string>> {
  const items = await db.releaseItem.findMany({ where: { releaseId } });
  const revisions = await db.revision.findMany({
    where: { id: { in: items.map((item) => item.revisionId) } },
    select: { exampleId: true, replyText: true },
  });
  return new Map(revisions.map((revision) => [revision.exampleId, revision.replyText]));
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { kind?: string } & Record<string, unknown>);
const rowsOf = (manifest: string) => linesOf(manifest).filter((line) => line.kind === 'row');

/** The file of a release is what the release holds, and rendering it again gives the same. */
async function assertSameAgain(releaseId: string, replies: Map<string, string>): Promise<void> {
  for (const format of exportFormats) {
    const writer = findWriter(format);
    if (!writer) throw new Error(`nothing writes ${format}`);
    const stored = await getExport(team.admin, {
      releaseId,
      format,
      split: 'training',
      acceptWithdrawn: false,
    });
    const bytes = await readFile(filePath(stored.fileKey), 'utf8');
    const manifest = await readFile(filePath(stored.manifestKey), 'utf8');
    const rows = rowsOf(manifest);
    for (const [at, row] of rows.entries())
      expect(bytes.split('\n')[at]).toContain(JSON.stringify(replies.get(String(row.exampleId))));
    const again = await renderExport({
      header: manifestHeaderSchema.parse(linesOf(manifest)[0]),
      systemPrompt: SYSTEM_PROMPT,
      writer,
      split: 'training',
      releaseId,
    });
    expect(again.file.sha256).toBe(stored.sha256);
    expect(await readFile(filePath(again.file.key), 'utf8')).toBe(bytes);
    expect(rowsOf(await readFile(filePath(again.manifest.key), 'utf8'))).toEqual(rows);
  }
}

test(`${SWAPS} swaps while releases are frozen: each file is one moment, and stays it`, async () => {
  const { datasetId, briefId, pairs } = await createPairs();
  let swapped = 0;
  const swapping = (async () => {
    for (; swapped < SWAPS; swapped += 1)
      await swap(team.writer, team.reviewer, pairs[swapped % PAIRS] as Pair);
  })();
  const moments = new Set<string>();
  let releases = 0;
  while (swapped < SWAPS) {
    const begun = swapped;
    const { id: releaseId, jobId } = await createRelease(team.admin, {
      datasetId,
      briefId,
      note: '',
    });
    // Not the last attempt: what goes wrong comes out here instead of in the job's row.
    const signal = new AbortController().signal;
    await runJob(releaseFreezeJob, { jobId: jobId ?? '', lastAttempt: false, signal });
    const { state } = await db.release.findUniqueOrThrow({ where: { id: releaseId } });
    expect(state).toBe('frozen');
    const replies = await repliesOf(releaseId);
    expect(replies.size).toBe(PAIRS * 2);
    for (const { left, right, texts } of pairs)
      expect([replies.get(left), replies.get(right)].sort()).toEqual(texts);
    await assertSameAgain(releaseId, replies);
    if (swapped > begun) releases += 1;
    moments.add(pairs.map((pair) => replies.get(pair.left)?.at(0)).join(''));
  }
  await swapping;
  // Swaps really fell into the making of releases, and these hold different moments.
  expect(releases).toBeGreaterThan(1);
  expect(moments.size).toBeGreaterThan(1);
  console.log(`${SWAPS} swaps, ${releases} releases, ${moments.size} different moments`);
});
