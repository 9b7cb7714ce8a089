// What the database tests of imports share: two workspaces, uploads from texts, jobs run in place.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { db } from '@/lib/db';
import { createImport, startImportCheck, startImportCommit } from '@/lib/imports/import-mutations';
import type { ImportTarget, Mapping } from '@/lib/imports/import-schema';
import { jobDefinitions } from '@/lib/job-index';
import { runJob } from '@/lib/jobs';
import type { Role } from '@/lib/permissions';
import { type Viewer, viewerForJob } from '@/lib/session';

export type Place = { viewer: Viewer; workspaceId: string; datasetId: string };

/** A workspace with one person and one dataset. */
export async function makePlace(role: Role = 'admin'): Promise<Place> {
  const tag = randomUUID().slice(0, 8);
  const workspace = await db.workspace.create({ data: { name: `W ${tag}`, slug: `w-${tag}` } });
  const viewer = await addPerson(workspace.id, role, `person-${tag}@example.org`, `Person ${tag}`);
  const dataset = await db.dataset.create({
    data: {
      workspaceId: workspace.id,
      name: `Mails ${tag}`,
      splitSeed: '00',
      createdById: viewer.userId,
    },
  });
  return { viewer, workspaceId: workspace.id, datasetId: dataset.id };
}

export async function addPerson(
  workspaceId: string,
  role: Role,
  email: string,
  name: string,
): Promise<Viewer> {
  const user = await db.user.create({ data: { email, name } });
  await db.member.create({ data: { workspaceId, userId: user.id, role } });
  return viewerForJob({ userId: user.id, workspaceId });
}

export async function upload(
  place: Place,
  source: string | Uint8Array,
  fileName = 'mails.csv',
): Promise<string> {
  const bytes = typeof source === 'string' ? Buffer.from(source) : source;
  async function* body() {
    for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
  }
  const row = await createImport(place.viewer, {
    datasetId: place.datasetId,
    fileName,
    body: body(),
  });
  return row.id;
}

/** Runs one delivery of a job as the worker does. */
export async function deliver(jobId: string, options: { lastAttempt?: boolean } = {}) {
  const job = await db.job.findUniqueOrThrow({ where: { id: jobId } });
  const definition = jobDefinitions.find((candidate) => candidate.kind === job.kind);
  if (!definition) throw new Error(`no job ${job.kind}`);
  await runJob(definition, {
    jobId,
    lastAttempt: options.lastAttempt ?? false,
    signal: new AbortController().signal,
  });
}

const versionOf = async (importId: string) =>
  (await db.import.findUniqueOrThrow({ where: { id: importId } })).version;

export async function check(place: Place, importId: string): Promise<string> {
  const { jobId } = await startImportCheck(place.viewer, {
    importId,
    version: await versionOf(importId),
  });
  await deliver(jobId);
  return jobId;
}

export async function startCommit(
  place: Place,
  importId: string,
  target: ImportTarget = 'draft',
  seenVersion?: number,
): Promise<string> {
  const version = seenVersion ?? (await versionOf(importId));
  const { jobId } = await startImportCommit(place.viewer, { importId, version, target });
  return jobId;
}

/** Upload, check and import in one go. */
export async function importText(place: Place, source: string, fileName?: string) {
  const importId = await upload(place, source, fileName);
  await check(place, importId);
  await deliver(await startCommit(place, importId));
  return importId;
}

export const mappingOf = (change: Partial<Mapping>): Mapping => ({
  prompt: null,
  reply: null,
  system: null,
  topic: null,
  group: null,
  author: null,
  tags: [],
  ...change,
});

type Death = { at: number | string; when: 'before' | 'after'; statements: number; died: boolean };
const deaths = new AsyncLocalStorage<Death>();
let isWatching = false;

/** Every statement passes by here; the connection of the fatal one is cut, as when a worker is killed. */
function watchStatements(): void {
  if (isWatching) return;
  isWatching = true;
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const death = deaths.getStore();
    if (!death) return query.apply(this, args);
    death.statements += 1;
    const isFatal =
      typeof death.at === 'number' ? death.statements >= death.at : args[0] === death.at;
    if (!death.died && !isFatal) return query.apply(this, args);
    const die = () => {
      death.died = true;
      const { stream } = (this as unknown as { connection: { stream: { destroy(): void } } })
        .connection;
      stream.destroy();
      throw new Error('killed');
    };
    if (death.when === 'before' || death.died) return die();
    return (query.apply(this, args) as Promise<unknown>).then(die);
  } as typeof pg.Client.prototype.query;
}

/**
 * Runs work whose process dies at a statement: from then on nothing reaches the database. Answers
 * whether the work ended before that.
 */
export async function killedAt(
  at: number | string,
  when: 'before' | 'after',
  work: () => Promise<unknown>,
): Promise<boolean> {
  watchStatements();
  const death: Death = { at, when, statements: 0, died: false };
  await deaths.run(death, () => work().catch(() => undefined));
  return !death.died;
}
