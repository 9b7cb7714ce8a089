// What the calls of the authorization table act on: one workspace with a frozen release and a model.

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { db } from '@/lib/db';
import { createFileKey, storeFile } from '@/lib/files';
import { createImport } from '@/lib/imports/import-mutations';
import { putInUse } from '@/lib/models/use-mutations';
import type { Role } from '@/lib/permissions';
import { openModelAnswers } from '@/lib/proofs/look-mutations';
import { createPlan } from '@/lib/proofs/plan-mutations';
import { addRegressionItem } from '@/lib/regression-set/item-mutations';
import {
  createApproved,
  createApprovedBrief,
  freeze,
  questionOf,
} from '@/lib/releases/release-fixtures';
import type { Viewer } from '@/lib/session';
import { sendTestEvent } from '@/lib/webhooks/delivery-mutations';
import { createWebhook } from '@/lib/webhooks/webhook-mutations';
import { markAnswer } from '@/lib/wrong-answers/wrong-answer-mutations';
import {
  createMember,
  createSession,
  createTestToken,
  createUser,
  createWorkspace,
} from '@/tests/factories';
import { createDataset, createExample } from '@/tests/factories-examples';
import { createAnswers, createModel, createOpenProof, plan } from '@/tests/factories-proofs';
import { createUnclearAnswer } from '@/tests/factories-regression';
import { createQuote } from '@/tests/factories-runs';
import { evaluation } from '@/tests/made-up-run';

export type Person = {
  id: string;
  email: string;
  name: string;
  viewer: Viewer;
  token: string;
  /** An access token with every scope. */
  apiToken: string;
  sessionId: string;
};

export type Scene = Awaited<ReturnType<typeof createScene>>;

export async function createScene(name: string) {
  const workspace = await createWorkspace({ name });
  const person = async (role: Role): Promise<Person> => {
    const member = await createMember(workspace, role);
    return {
      ...member,
      ...(await createSession(member)),
      apiToken: (await createTestToken(member.viewer)).token,
    };
  };
  const [writer, reviewer, admin] = await Promise.all([
    person('writer'),
    person('reviewer'),
    person('admin'),
  ]);
  const { id: datasetId } = await createDataset(admin.viewer);
  const briefId = await createApprovedBrief(admin.viewer, reviewer.viewer, datasetId);
  for (let n = 0; n < 12; n += 1)
    await createApproved(writer.viewer, reviewer.viewer, datasetId, { prompt: questionOf(n) });
  const releaseId = await freeze(admin.viewer, datasetId, briefId);

  const quote = async () => {
    const { id } = await createQuote(admin.viewer, releaseId);
    return id;
  };
  const run = async () => {
    const last = await db.run.aggregate({
      where: { workspaceId: workspace.id },
      _max: { number: true },
    });
    const { id } = await db.run.create({
      data: {
        workspaceId: workspace.id,
        releaseId,
        quoteId: await quote(),
        number: (last._max.number ?? 0) + 1,
        seed: 1,
        createdById: admin.id,
      },
      select: { id: true },
    });
    return id;
  };
  const stored = await storeFile(createFileKey('adapters'), Readable.from(['adapter']));
  const { id: modelId } = await db.model.create({
    data: {
      workspaceId: workspace.id,
      runId: await run(),
      name: 'First',
      baseModel: 'small',
      adapterKey: stored.key,
      adapterSha256: stored.sha256,
      bytes: stored.bytes,
      evaluation,
    },
    select: { id: true },
  });

  /** A fresh example with what a call about it names. */
  const example = async (status: 'draft' | 'in_review' = 'draft') => {
    const made = await createExample(writer.viewer, datasetId, { status });
    const { version } = await db.example.findUniqueOrThrow({
      where: { id: made.id },
      select: { version: true },
    });
    return { ...made, version };
  };
  const retired = async () => {
    const { id, version } = await example();
    await db.example.update({
      where: { id },
      data: { status: 'retired', statusBeforeRetire: 'draft' },
    });
    return { id, version };
  };
  const approved = () =>
    createApproved(writer.viewer, reviewer.viewer, datasetId, { prompt: questionOf(40) });
  const finding = async (state: 'open' | 'dismissed') => {
    const { id, revisionId } = await example();
    const row = await db.finding.create({
      data: {
        workspaceId: workspace.id,
        datasetId,
        exampleId: id,
        revisionId,
        check: 'length',
        severity: 'warning',
        detail: { kind: 'length', unit: 'words', count: 1, min: 2 },
        state,
      },
      select: { id: true },
    });
    return row.id;
  };
  const upload = async (by: Person) => {
    async function* body() {
      yield Buffer.from('prompt,reply\nWhere is it?,On its way.\n');
    }
    const { id } = await createImport(by.viewer, {
      datasetId,
      fileName: 'mails.csv',
      body: body(),
    });
    return id;
  };
  const job = async (
    by: Person,
    data: { kind?: string; subjectId?: string; state?: 'done' } = {},
  ) => {
    const { id } = await db.job.create({
      data: {
        workspaceId: workspace.id,
        kind: 'import.check',
        subjectId: datasetId,
        input: {},
        createdById: by.id,
        finishedAt: data.state ? new Date() : null,
        ...data,
      },
      select: { id: true },
    });
    return id;
  };
  const addWebhook = () =>
    createWebhook(admin.viewer, {
      url: `https://hooks.shop.example/${randomUUID().slice(0, 13)}`,
      events: ['run.finished'],
    });
  /** One that is on: there may be only so many. */
  const webhook = async () => {
    const where = { workspaceId: workspace.id, off: null };
    if ((await db.webhook.count({ where })) === 0) await addWebhook();
    const { id, version } = await db.webhook.findFirstOrThrow({ where });
    return { webhookId: id, version };
  };
  const people = {
    workspace,
    admin: admin.viewer,
    reviewer: reviewer.viewer,
    writer: writer.viewer,
  };
  /** Another model of the release, which nobody has asked or put in use. */
  const model = () => createModel(people, releaseId);
  /** An answer of a model of its own to a held-out example; opened by the given people. */
  const answer = async (...opened: Person[]) => {
    const modelId = await model();
    const [exampleId = ''] = await createAnswers(modelId);
    for (const one of opened)
      await openModelAnswers(one.viewer, {
        modelId,
        known: false,
        from: 0,
        endVoting: true,
      });
    return { modelId, exampleId };
  };
  let plans = 0;
  /** Other numbers than any plan before. */
  const numbers = () => {
    plans += 1;
    return { marginOf100: plans % 50, barOf100: 40 + Math.floor(plans / 50) };
  };
  return {
    workspace,
    datasetId,
    briefId,
    releaseId,
    modelId,
    writer,
    reviewer,
    admin,
    person,
    quote,
    run,
    example,
    retired,
    approved,
    finding,
    upload,
    job,
    dataset: async () => {
      const { id } = await createDataset(admin.viewer, { rules: [] });
      return id;
    },
    /** A plan of its own. */
    plan: async () => (await createPlan(admin.viewer, plan(releaseId, numbers()))).id,
    /** A proof that is open for votes. */
    proof: () =>
      createOpenProof(
        people,
        { datasetId, briefId, releaseId, modelId },
        { ...numbers(), votesPerPrompt: 9 },
      ),
    answer,
    /** An answer that is marked as wrong, by an admin who opened it. */
    marked: async (...opened: Person[]) => {
      const marker = await person('admin');
      const ref = await answer(marker, ...opened);
      await markAnswer(marker.viewer, { ...ref, note: '' });
      return ref;
    },
    webhook,
    addWebhook,
    /** A message that waits to be sent. */
    delivery: async () => {
      const { webhookId } = await webhook();
      await sendTestEvent(admin.viewer, webhookId);
      const { id } = await db.webhookDelivery.findFirstOrThrow({
        where: { webhookId },
        orderBy: { id: 'desc' },
        select: { id: true },
      });
      return id;
    },
    model,
    modelInUse: async () => {
      const id = await model();
      await putInUse(admin.viewer, { modelId: id, reason: 'the only one that there is' });
      return id;
    },
    regressionItem: async () => {
      const { id } = await addRegressionItem(admin.viewer, {
        kind: 'leak',
        prompt: 'Who wrote before me?',
        phrases: [],
      });
      return id;
    },
    unclearAnswer: async () => createUnclearAnswer(workspace.id, await model()),
    /** An erasure that stopped after its rows were gone. */
    erasure: async () => {
      const { id } = await db.erasure.create({
        data: {
          workspaceId: workspace.id,
          createdById: admin.id,
          counts: {},
          rowsErasedAt: new Date(),
        },
        select: { id: true },
      });
      return id;
    },
    member: async () => (await createMember(workspace, 'writer')).id,
    stranger: async () => {
      const user = await createUser();
      return { ...user, ...(await createSession(user)) };
    },
    newId: () => randomUUID(),
    newName: () => randomUUID().slice(0, 13),
  };
}
