import type { Outcome } from './example-api';

/** How saving stands, for people. */
export type SaveState =
  | { kind: 'clean' }
  | { kind: 'editing' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  | {
      kind: 'failed';
      why: 'offline' | 'server' | 'signedOut' | 'conflict' | 'refused';
      message: string;
      data?: unknown;
    };

export type DraftSaverOptions<T> = {
  /** Sends one text; called once at a time. */
  send: (text: T, version: number) => Promise<Outcome<{ version: number; at: string }>>;
  /** Keeps the text on this device; called with null once the server has it. */
  keep: (text: T | null) => void;
  /** The last way out when the tab closes. */
  sendOnClose: (text: T, version: number) => void;
  onState: (state: SaveState) => void;
  version: number;
};

export const DEBOUNCE_MS = 800;
/** Between two writes to this device while somebody types. */
export const KEEP_EVERY_MS = 250;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/**
 * Saves a text while it is typed: kept on this device at once, sent after a pause, tried again
 * until it is there. One request at a time, so that an older text never follows a newer one.
 * After a conflict or the end of a session it waits for the person; the text stays.
 */
export class DraftSaver<T> {
  #options: DraftSaverOptions<T>;
  #version: number;
  /** The newest text that the server does not have; undefined when it has all. */
  #text: T | undefined;
  #isSending = false;
  #inFlight: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #isWaiting = false;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;
  #keepTimer: ReturnType<typeof setTimeout> | undefined;
  #keptAt = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(options: DraftSaverOptions<T>) {
    this.#options = options;
    this.#version = options.version;
  }

  get isDirty(): boolean {
    return this.#text !== undefined;
  }

  /** The text changed. */
  edit(text: T): void {
    this.#text = text;
    this.#keepSoon();
    if (this.#isWaiting) return;
    if (!this.#isSending && this.#failures === 0) this.#options.onState({ kind: 'editing' });
    this.#sendIn(this.#failures > 0 ? this.#retryDelay() : DEBOUNCE_MS);
  }

  /** The field was left: sends now, unless the person has to act first. */
  async leave(): Promise<void> {
    if (!this.#isWaiting) await this.flush();
  }

  /** Sends now: the connection or the session is back, or the person asked for it. */
  async flush(): Promise<void> {
    this.#isWaiting = false;
    clearTimeout(this.#sendTimer);
    await this.#send();
  }

  /** After a conflict: goes on from the version that the other text has. */
  rebase(version: number): void {
    this.#version = version;
    this.#isWaiting = false;
    this.#failures = 0;
  }

  /** Everything is stored elsewhere (since `at`, ISO 8601), or thrown away. */
  settle(version: number, at?: string): void {
    this.#version = version;
    this.#text = undefined;
    this.#isWaiting = false;
    this.#failures = 0;
    clearTimeout(this.#sendTimer);
    this.#clearKept();
    this.#options.onState(at === undefined ? { kind: 'clean' } : { kind: 'saved', at });
  }

  /** The tab is hidden or closed. */
  close(): void {
    this.#keepNow();
    if (this.#text !== undefined && !this.#isWaiting)
      this.#options.sendOnClose(this.#text, this.#version);
  }

  /** Resolves when no request is under way, so that nothing arrives after what is sent next. */
  async whenIdle(): Promise<void> {
    clearTimeout(this.#sendTimer);
    await this.#inFlight;
  }

  /** On the page again after `stop`. */
  start(): void {
    this.#isStopped = false;
  }

  /** No timers and no messages any more; what was not sent stays on this device. */
  stop(): void {
    this.#keepNow();
    this.#isStopped = true;
    clearTimeout(this.#sendTimer);
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#text === undefined || this.#isStopped) return;
    const text = this.#text;
    this.#isSending = true;
    this.#options.onState({ kind: 'saving' });
    const answer = this.#options.send(text, this.#version);
    this.#inFlight = answer;
    const outcome = await answer;
    this.#isSending = false;
    if (outcome.ok) this.#onStored(text, outcome.data);
    else this.#onFailed(outcome);
  }

  #onStored(text: T, { version, at }: { version: number; at: string }): void {
    this.#version = version;
    this.#failures = 0;
    if (this.#text === text) {
      this.#text = undefined;
      this.#clearKept();
      if (!this.#isStopped) this.#options.onState({ kind: 'saved', at });
    } else if (this.#text !== undefined) this.#sendIn(DEBOUNCE_MS);
  }

  #onFailed(outcome: Outcome<unknown> & { ok: false }): void {
    // A stopped one has kept its text already; by now the person may have signed out and removed it.
    if (this.#isStopped || this.#text === undefined) return;
    this.#keepNow();
    const { kind: why, message, data } = outcome;
    this.#options.onState({ kind: 'failed', why, message, data });
    if (why === 'offline' || why === 'server') {
      this.#failures += 1;
      this.#sendIn(this.#retryDelay());
    } else this.#isWaiting = true;
  }

  #retryDelay(): number {
    return RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1] ?? DEBOUNCE_MS;
  }

  #sendIn(delay: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#sendTimer);
    this.#sendTimer = setTimeout(() => void this.#send(), delay);
  }

  #keepSoon(): void {
    if (this.#keepTimer !== undefined) return;
    const wait = Math.max(0, this.#keptAt + KEEP_EVERY_MS - Date.now());
    if (wait === 0) this.#keepNow();
    else this.#keepTimer = setTimeout(() => this.#keepNow(), wait);
  }

  #keepNow(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    if (this.#text === undefined) return;
    this.#keptAt = Date.now();
    this.#options.keep(this.#text);
  }

  #clearKept(): void {
    clearTimeout(this.#keepTimer);
    this.#keepTimer = undefined;
    this.#options.keep(null);
  }
}
