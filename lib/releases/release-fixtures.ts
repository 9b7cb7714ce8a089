import { randomUUID } from 'node:crypto';
import { db } from '@/lib/db';
import type { Content } from '@/lib/examples/content';
import { insertExample } from '@/lib/examples/revision-write';
import { runJob } from '@/lib/jobs';
import { releaseFreezeJob } from '@/lib/releases/release-jobs';
import { createRelease } from '@/lib/releases/release-mutations';
import type { Viewer } from '@/lib/session';
import { approveExample } from '@/tests/factories-examples';

/** What the database tests of this folder share. */
export const SYSTEM_PROMPT = 'You answer the mails of a small bicycle shop.';

/** A version of the brief that a second person approved. */
export async function createApprovedBrief(
  author: Viewer,
  approver: Viewer,
  datasetId: string,
  options: { version?: number; rules?: object[]; via?: 'session' | 'token' } = {},
): Promise<string> {
  const brief = await db.brief.create({
    data: {
      workspaceId: author.workspaceId,
      datasetId,
      version: options.version ?? 1,
      task: 'Answer mails',
      systemPrompt: SYSTEM_PROMPT,
      guidelines: '',
      slots: [],
      rules: options.rules ?? [],
      contentHash: randomUUID(),
      authorId: author.userId,
      approvedById: approver.userId,
      approvedAt: new Date(),
      approvedVia: options.via ?? 'session',
    },
    select: { id: true },
  });
  return brief.id;
}

const parts = [
  'brakes',
  'saddle',
  'invoice',
  'gears',
  'parcel',
  'helmet',
  'refund',
  'tyres',
  'lights',
  'voucher',
];

/** A prompt unlike those of other numbers. */
export const questionOf = (number: number) =>
  Array.from(
    { length: 7 },
    (_, at) => `${parts[(number * 3 + at) % parts.length]}${number * 17 + at}`,
  ).join(' ');

export async function createApproved(
  author: Viewer,
  reviewer: Viewer,
  datasetId: string,
  input: {
    prompt: string;
    reply?: string | undefined;
    system?: string | undefined;
    groupKey?: string;
    content?: Content;
    coAuthorId?: string;
  },
): Promise<{ id: string; number: number; revisionId: string }> {
  const example = await db.$transaction((tx) =>
    insertExample(tx, author, {
      datasetId,
      content: input.content ?? {
        ...(input.system && { system: input.system }),
        messages: [{ role: 'user', content: input.prompt }],
        reply: input.reply ?? `We looked into ${input.prompt.slice(0, 20)}.`,
      },
      topic: null,
      tags: [],
      groupKey: input.groupKey ?? null,
      origin: 'typed',
      status: 'in_review',
      ...(input.coAuthorId && { coAuthorId: input.coAuthorId }),
    }),
  );
  await approveExample(reviewer, example.id);
  return example;
}

/** Asks for a release and lets the job freeze it, as the worker would. */
export async function freeze(admin: Viewer, datasetId: string, briefId: string): Promise<string> {
  const { id, jobId } = await createRelease(admin, { datasetId, briefId, note: '' });
  if (jobId) {
    await runJob(releaseFreezeJob, {
      jobId,
      lastAttempt: true,
      signal: new AbortController().signal,
    });
  }
  return id;
}
