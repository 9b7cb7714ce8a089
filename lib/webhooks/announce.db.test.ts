import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '@/bin/start/paths.mjs';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { runJob } from '@/lib/jobs';
import { runJobDefinition } from '@/lib/models/model-jobs';
import { closeProof } from '@/lib/proofs/proof-mutations';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import { approve, sendBack } from '@/lib/reviews/review-mutations';
import { cancelRun, createRun } from '@/lib/training/run-mutations';
import { announce } from '@/lib/webhooks/announce-mutations';
import { createOpenProof, createProvable } from '@/tests/factories-proofs';
import { createQuote } from '@/tests/factories-runs';
import { setEnvironment } from '@/tests/set-environment';
import {
  allowOrigins,
  closeAll,
  createHookDesk,
  deliverWaiting,
  logOf,
  onlyMessage,
  startReceiver,
} from '@/tests/webhook-receiver';

const receiver = await startReceiver();
allowOrigins(receiver.origin);
setEnvironment({ TRAINER_PYTHON: path.join(root, 'tests/faults/stand_in_trainer.py') });

/** A dozen approvals and a freeze stand before these. */
const SLOW = { timeout: 120_000 };

afterAll(() => closeAll(receiver));

describe('what happens is told once', () => {
  test('an approval', async () => {
    const desk = await createHookDesk(receiver);
    const seen = await desk.inReview();
    const { number } = await approve(desk.reviewer, seen);
    // The same decision sent again is the same decision.
    await approve(desk.reviewer, seen);
    expect(await deliverWaiting(desk.admin)).toBe(1);
    const message = onlyMessage(receiver, desk.hook);
    expect(receiver.at(desk.hook.path)[0]?.headers['content-type']).toBe('application/json');
    expect(message).toEqual({
      type: 'example.approved',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data: {
        workspaceId: desk.workspace.id,
        datasetId: desk.datasetId,
        exampleId: seen.exampleId,
        number,
        revisionId: seen.revisionId,
        reviewId: seen.decisionId,
        approvedById: desk.reviewer.userId,
      },
    });
    expect(await logOf(desk.hook.id)).toMatchObject([
      { state: 'delivered', nextAttemptAt: null, log: [{ number: 1, status: 204 }] },
    ]);
  });

  test('a freeze', SLOW, async () => {
    const desk = await createHookDesk(receiver);
    const briefId = await createApprovedBrief(desk.admin, desk.reviewer, desk.datasetId);
    for (let n = 0; n < 12; n += 1)
      await createApproved(desk.writer, desk.reviewer, desk.datasetId, { prompt: questionOf(n) });
    const releaseId = await freeze(desk.admin, desk.datasetId, briefId);
    await deliverWaiting(desk.admin);
    expect(onlyMessage(receiver, desk.hook)).toMatchObject({
      type: 'release.frozen',
      data: { datasetId: desk.datasetId, releaseId, number: 1, files: expect.any(Number) },
    });
  });

  test('the end of a run, good or bad or cancelled', SLOW, async () => {
    const desk = await createHookDesk(receiver);
    const { releaseId } = await createProvable(desk, { rows: 12 });
    receiver.received.length = 0;
    await deliverWaiting(desk.admin);
    receiver.received.length = 0;
    const train = async (baseModel: string, { leaves = false, cancels = false } = {}) => {
      const beginner = await desk.addPerson('admin');
      const quote = await createQuote(beginner, releaseId, { baseModel });
      const run = await createRun(beginner, {
        releaseId,
        quoteId: quote.id,
        idempotencyKey: quote.id,
        acceptWithdrawn: false,
      });
      const job = await db.job.findFirstOrThrow({ where: { subjectId: run.id } });
      if (cancels) await cancelRun(beginner, run.id);
      if (leaves) await db.member.deleteMany({ where: { userId: beginner.userId } });
      const signal = new AbortController().signal;
      await runJob(runJobDefinition, { jobId: job.id, lastAttempt: true, signal });
      await deliverWaiting(desk.admin);
      const message = onlyMessage(receiver, desk.hook);
      receiver.received.length = 0;
      return { message, runId: run.id };
    };

    const bad = await train('nowhere');
    expect(bad.message).toMatchObject({
      type: 'run.failed',
      data: { runId: bad.runId, releaseId, code: 'base_model_missing' },
    });
    const left = await train('nowhere', { leaves: true });
    expect(left.message).toMatchObject({ type: 'run.failed', data: { runId: left.runId } });
    const stopped = await train('nowhere', { cancels: true });
    expect(stopped.message).toEqual({
      type: 'run.cancelled',
      timestamp: expect.any(String),
      data: {
        workspaceId: desk.workspace.id,
        runId: stopped.runId,
        number: expect.any(Number),
        releaseId,
      },
    });
    const model = path.join(env().DATA_DIR, 'trainer/models/stand-in');
    mkdirSync(model, { recursive: true });
    writeFileSync(path.join(model, 'config.json'), '{"max_position_embeddings":8192}');
    const good = await train('stand-in');
    const made = await db.model.findFirstOrThrow({ where: { runId: good.runId } });
    expect(good.message).toMatchObject({
      type: 'run.finished',
      data: { runId: good.runId, releaseId, modelId: made.id },
    });
  });

  test('the decision of a proof, with its verdicts', SLOW, async () => {
    const desk = await createHookDesk(receiver, ['proof.decided']);
    const proofId = await createOpenProof(desk, await createProvable(desk, { rows: 30 }));
    await closeProof(desk.admin, proofId);
    await closeProof(desk.admin, proofId);
    expect(await deliverWaiting(desk.admin)).toBe(1);
    expect(onlyMessage(receiver, desk.hook)).toMatchObject({
      type: 'proof.decided',
      data: { proofId, verdicts: [{ part: 'fresh', verdict: expect.any(String) }] },
    });
  });

  test('nothing of the texts is in it', async () => {
    const desk = await createHookDesk(receiver);
    await approve(desk.reviewer, await desk.inReview());
    const [delivery] = await logOf(desk.hook.id);
    expect(delivery?.event.body).not.toContain('on its way');
    expect(delivery?.event.body).not.toContain('parcel');
  });
});

describe('nothing is told', () => {
  test('of a change that was rolled back', async () => {
    const desk = await createHookDesk(receiver);
    const facts = () => ({
      modelId: desk.hook.id,
      runId: desk.hook.id,
      number: 1,
      releaseId: desk.hook.id,
    });
    await expect(
      db.$transaction(async (tx) => {
        await announce(tx, desk.admin, 'run.finished', facts);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await deliverWaiting(desk.admin)).toBe(0);
    expect(await logOf(desk.hook.id)).toEqual([]);
    expect(await db.webhookEvent.count({ where: { workspaceId: desk.workspace.id } })).toBe(0);
  });

  test('of what nobody subscribed to, and its facts are not read', async () => {
    const desk = await createHookDesk(receiver, ['run.finished']);
    await approve(desk.reviewer, await desk.inReview());
    await sendBack(desk.reviewer, { ...(await desk.inReview()), reason: 'Too short.' });
    const facts = vi.fn();
    await db.$transaction((tx) => announce(tx, desk.admin, 'run.failed', facts));
    expect(facts).not.toHaveBeenCalled();
    expect(await deliverWaiting(desk.admin)).toBe(0);
  });

  test('to another workspace', async () => {
    const [ours, theirs] = [await createHookDesk(receiver), await createHookDesk(receiver)];
    await approve(ours.reviewer, await ours.inReview());
    await deliverWaiting(ours.admin);
    await deliverWaiting(theirs.admin);
    expect(receiver.at(ours.hook.path)).toHaveLength(1);
    expect(receiver.at(theirs.hook.path)).toEqual([]);
  });
});
