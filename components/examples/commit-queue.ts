import type { ExampleDetail } from '@/lib/examples/example-detail';
import type { Base, Changes } from './commit-changes';
import type { Outcome } from './example-api';

export type CommitInput = {
  id: string;
  number: number;
  version: number;
  changes: Changes;
  base: Base;
};
export type CommitState =
  | { kind: 'saving' }
  | { kind: 'failed'; outcome: Outcome<ExampleDetail> & { ok: false } };
export type Commit = CommitInput & { state: CommitState };

export type CommitQueueOptions = {
  send: (input: CommitInput) => Promise<Outcome<ExampleDetail>>;
  sendOnClose: (input: CommitInput) => void;
  /** Keeps what is not yet saved on this device; null once it is. */
  keep: (input: CommitInput, text: Changes | null) => void;
  onSaved: (detail: ExampleDetail, input: CommitInput) => void;
};

const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const isPassing = (kind: string) => kind === 'offline' || kind === 'server';

/**
 * Changes on their way to the server, one request per example at a time. What fails for a
 * passing reason is sent again until it is there; the rest waits for the person. Nothing that
 * was typed is dropped without being asked to.
 */
export class CommitQueue {
  #options: CommitQueueOptions;
  #commits: ReadonlyMap<string, Commit> = new Map();
  #listeners = new Set<() => void>();
  #sending = new Set<string>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #failures = new Map<string, number>();
  #waiters = new Map<string, ((detail: ExampleDetail | null) => void)[]>();

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };
  snapshot = () => this.#commits;

  /**
   * Adds changes; to those of the same example that are still on their way. Resolves with what
   * was saved, however long that takes, or with null when the person gave the changes up.
   */
  commit(input: CommitInput): Promise<ExampleDetail | null> {
    const waiting = this.#commits.get(input.id);
    const merged = waiting
      ? {
          ...waiting,
          changes: { ...waiting.changes, ...input.changes },
          base: { ...input.base, ...waiting.base },
        }
      : input;
    this.#options.keep(merged, merged.changes);
    this.#set({ ...merged, state: { kind: 'saving' } });
    void this.#send(input.id);
    return new Promise((resolve) => {
      this.#waiters.set(input.id, [...(this.#waiters.get(input.id) ?? []), resolve]);
    });
  }

  /** Tries again now. */
  retry(id: string): void {
    const commit = this.#commits.get(id);
    if (!commit) return;
    this.#set({ ...commit, state: { kind: 'saving' } });
    void this.#send(id);
  }

  /** Tries everything again that failed for a passing reason or for want of a session. */
  retryAll(): void {
    for (const { id, state } of this.#commits.values())
      if (
        state.kind === 'failed' &&
        (isPassing(state.outcome.kind) || state.outcome.kind === 'signedOut')
      )
        this.retry(id);
  }

  /** The person settled a conflict: these changes, on top of that version. */
  resolve(id: string, version: number, changes: Changes): void {
    const commit = this.#commits.get(id);
    if (!commit) return;
    this.#set({ ...commit, version, changes, state: { kind: 'saving' } });
    void this.#send(id);
  }

  /** The person gives the changes up. */
  drop(id: string): void {
    const commit = this.#commits.get(id);
    if (!commit) return;
    this.#options.keep(commit, null);
    this.#remove(id, null);
  }

  /** The tab closes. */
  close(): void {
    for (const commit of this.#commits.values()) this.#options.sendOnClose(commit);
  }

  async #send(id: string): Promise<void> {
    clearTimeout(this.#timers.get(id));
    const commit = this.#commits.get(id);
    if (!commit || this.#sending.has(id)) return;
    this.#sending.add(id);
    const outcome = await this.#options.send(commit);
    this.#sending.delete(id);
    const now = this.#commits.get(id);
    if (!now) return;
    if (outcome.ok) this.#onSaved(commit, now, outcome.data);
    else this.#onFailed(now, outcome);
  }

  #onSaved(sent: Commit, now: Commit, detail: ExampleDetail): void {
    this.#failures.delete(sent.id);
    if (now.changes === sent.changes) {
      this.#options.keep(sent, null);
      this.#options.onSaved(detail, sent);
      this.#remove(sent.id, detail);
      return;
    }
    this.#options.onSaved(detail, sent);
    const { content, row } = detail;
    this.#set({ ...now, version: row.version, base: { ...content, ...row } });
    void this.#send(sent.id);
  }

  #onFailed(commit: Commit, outcome: Outcome<ExampleDetail> & { ok: false }): void {
    this.#set({ ...commit, state: { kind: 'failed', outcome } });
    if (!isPassing(outcome.kind)) return;
    const failures = this.#failures.get(commit.id) ?? 0;
    this.#failures.set(commit.id, failures + 1);
    const delay = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)];
    this.#timers.set(
      commit.id,
      setTimeout(() => this.retry(commit.id), delay),
    );
  }

  #set(commit: Commit): void {
    this.#commits = new Map(this.#commits).set(commit.id, commit);
    this.#tell();
  }

  #remove(id: string, result: ExampleDetail | null): void {
    clearTimeout(this.#timers.get(id));
    for (const resolve of this.#waiters.get(id) ?? []) resolve(result);
    this.#waiters.delete(id);
    const next = new Map(this.#commits);
    next.delete(id);
    this.#commits = next;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
