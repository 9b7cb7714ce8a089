// Stops an operation before one of its statements, so that a test can let something else happen there.
import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** One run of an operation whose statements are counted. */
type Run = { statements: number; stopAt: number; reached: () => void; go: Promise<void> };

const runs = new AsyncLocalStorage<Run>();
let installed = false;

/** Makes every statement of the process pass by here. Statements outside `startPaused` are not touched. */
function install(): void {
  if (installed) return;
  installed = true;
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const run = runs.getStore();
    if (!run || typeof args.at(-1) === 'function') return query.apply(this, args);
    run.statements += 1;
    if (run.statements !== run.stopAt) return query.apply(this, args);
    run.reached();
    return run.go.then(() => query.apply(this, args));
  } as typeof pg.Client.prototype.query;
}

export type Paused<T> = {
  /** Settles when the operation stands before statement `stopAt`, or has ended before it. */
  reached: Promise<void>;
  /** Lets it go on. */
  go: () => void;
  done: Promise<PromiseSettledResult<T>>;
  /** Statements sent so far. */
  statements: () => number;
};

/** Starts an operation that stops before its statement number `stopAt`, counted from 1; 0 never stops. */
export function startPaused<T>(stopAt: number, operation: () => Promise<T>): Paused<T> {
  install();
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const run: Run = { statements: 0, stopAt, reached: reached.resolve, go: go.promise };
  const done = runs.run(run, async (): Promise<PromiseSettledResult<T>> => {
    const [outcome] = await Promise.allSettled([operation()]);
    reached.resolve();
    return outcome;
  });
  return { reached: reached.promise, go: go.resolve, done, statements: () => run.statements };
}

/** Counts the statements of an operation that nothing disturbs. */
export async function countStatements(operation: () => Promise<unknown>): Promise<number> {
  const run = startPaused(0, operation);
  const outcome = await run.done;
  if (outcome.status === 'rejected') throw outcome.reason;
  return run.statements();
}

/** Waits until the promise has settled, or for so long that it must be waiting for a lock. */
export async function settledOrBlocked(
  promise: Promise<unknown>,
  milliseconds = 60,
): Promise<void> {
  await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, milliseconds))]);
}
