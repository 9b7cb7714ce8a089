// People who edit over HTTP with the code of the app's own pages: versions, retries, conflicts.
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { sleep } from '@/bin/start/processes.mjs';
import { commitChanges } from '@/components/examples/commit-changes';
import { type CommitInput, CommitQueue } from '@/components/examples/commit-queue';
import {
  createExample,
  fetchExample,
  type Outcome,
  saveExample,
} from '@/components/examples/example-api';
import { sessionCookieName } from '@/lib/session-cookie';

type Session = { url: string; token: string };
const sessions = new AsyncLocalStorage<Session>();

/** Answers that are none of the app's: neither what was asked for nor a problem in JSON. */
export const strange: string[] = [];

/** Gives `fetch` what a browser adds by itself: the address of the page, its cookie and its origin. */
export function actAsBrowsers(): () => void {
  const bare = globalThis.fetch;
  globalThis.fetch = async (address, init) => {
    const session = sessions.getStore();
    if (!session || typeof address !== 'string' || !address.startsWith('/'))
      return bare(address, init);
    const headers = new Headers(init?.headers);
    headers.set('Cookie', `${sessionCookieName}=${session.token}`);
    headers.set('Origin', session.url);
    const response = await bare(`${session.url}${address}`, { ...init, headers });
    const type = response.headers.get('Content-Type') ?? '';
    if (!type.includes('json') && response.status !== 204)
      strange.push(`${init?.method ?? 'GET'} ${response.status} ${type}`);
    return response;
  };
  return () => {
    globalThis.fetch = bare;
  };
}

/** What a person was told of a text: saved, or that somebody else was first. */
export type Told = { exampleId: string; reply: string; answer: 'saved' | 'conflict' };

const PAUSE_MS = 50;
const isPassing = (kind: string) => kind === 'offline' || kind === 'server';

/** Asks until there is an answer, as a person who presses "retry" does. */
async function insist<T>(ask: () => Promise<Outcome<T>>): Promise<T> {
  for (;;) {
    const outcome = await ask();
    if (outcome.ok) return outcome.data;
    if (!isPassing(outcome.kind)) throw new Error(`${outcome.kind} ${outcome.message}`);
    await sleep(PAUSE_MS);
  }
}

export type Writer = {
  /** Works until `isOver` says so and everything that was sent has its answer. */
  work: (isOver: () => boolean) => Promise<void>;
  told: Told[];
  /** Ids of examples that this person was told to have made. */
  made: string[];
  /** Answers that no person should have had. */
  refusals: string[];
};

/** One person: edits an example of their own and shared ones in turn, and makes new ones. */
export function createWriter(
  name: string,
  session: Session & { workspace: string; datasetId: string },
  examples: { own: string; shared: string[] },
): Writer {
  const { workspace, datasetId } = session;
  const told: Told[] = [];
  const made: string[] = [];
  const refusals: string[] = [];
  const queue = new CommitQueue({
    send: ({ id, version, changes, base }: CommitInput) =>
      commitChanges((request) => saveExample(workspace, request), { id, version, changes, base }),
    sendOnClose: () => undefined,
    keep: () => undefined,
    onSaved: () => undefined,
  });
  // A conflict waits for the person; this one always gives way.
  queue.subscribe(() => {
    for (const { id, state } of queue.snapshot().values()) {
      if (state.kind !== 'failed' || isPassing(state.outcome.kind)) continue;
      if (state.outcome.kind !== 'conflict') refusals.push(JSON.stringify(state.outcome));
      queueMicrotask(() => queue.drop(id));
    }
  });

  async function edit(exampleId: string, reply: string): Promise<void> {
    const seen = await insist(() => fetchExample(workspace, exampleId));
    const saved = await queue.commit({
      id: exampleId,
      number: seen.row.number,
      version: seen.row.version,
      changes: { reply },
      base: { reply: seen.content.reply },
    });
    told.push({ exampleId, reply, answer: saved ? 'saved' : 'conflict' });
  }

  async function create(reply: string): Promise<void> {
    const id = randomUUID();
    await insist(() =>
      createExample(workspace, {
        id,
        datasetId,
        messages: [{ role: 'user', content: `Question of ${reply}` }],
        reply,
      }),
    );
    made.push(id);
    told.push({ exampleId: id, reply, answer: 'saved' });
  }

  async function work(isOver: () => boolean): Promise<void> {
    for (let n = 0; !isOver(); n += 1) {
      const text = `${name}, text ${n}`;
      const shared = examples.shared[n % examples.shared.length] ?? examples.own;
      if (n % 5 === 4) await create(text);
      else await edit(n % 2 === 0 ? examples.own : shared, text);
    }
  }
  return { told, made, refusals, work: (isOver) => sessions.run(session, () => work(isOver)) };
}
