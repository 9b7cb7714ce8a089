// Counts the steps of a process that reach outside it (statements, file operations, programs), and
// kills it right before one of them: what SQLite's tests do with the n-th operation.
import childProcess from 'node:child_process';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import pg from 'pg';

type AnyFunction = (...args: unknown[]) => unknown;
type Holder = Record<string, AnyFunction>;

const state = { counting: false, killAt: 0, labels: [] as string[] };

/** Begins to count; `killAt` 0 kills nowhere. */
export function countSteps(killAt: number): void {
  Object.assign(state, { counting: true, killAt, labels: [] });
}

/** What was counted, one label a step. Steps of the same label are of one kind. */
export function stopCounting(): string[] {
  state.counting = false;
  return state.labels;
}

function step(label: string): void {
  if (!state.counting) return;
  state.labels.push(label);
  if (state.labels.length === state.killAt) process.kill(process.pid, 'SIGKILL');
}

/** The verb of a statement and the first thing that it names. */
function statementLabel(query: unknown): string {
  const text =
    typeof query === 'string' ? query : String((query as { text?: unknown } | null)?.text ?? '');
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase() ?? 'SUBMIT';
  const subject = /"(?:public"\.")?([A-Z]\w*)"|\b(import_\w+|pg_\w+)/.exec(text);
  return `${verb} ${subject?.[1] ?? subject?.[2] ?? ''}`.trim();
}

/** The operation and the area of the file store or of the run that it touches. */
function fileLabel(name: string, target: unknown): string {
  if (typeof target !== 'string') return `file ${name}`;
  const area = path.basename(path.dirname(target)).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'run');
  const end = path.extname(target).replace(/\d+/g, '');
  return `file ${name} ${area}${end}`;
}

/** Wraps functions of an object so that each call is a step of its own. */
function watch(holder: object, names: string[], label: (name: string, args: unknown[]) => string) {
  for (const name of names) {
    const original = (holder as Holder)[name];
    if (!original) throw new Error(`there is no ${name} to watch`);
    (holder as Holder)[name] = function (this: unknown, ...args: unknown[]) {
      step(label(name, args));
      return original.apply(this, args);
    };
  }
}

/** Makes every step of this process pass by here; to be called before anything else is loaded. */
export async function watchSteps(): Promise<void> {
  watch(pg.Client.prototype, ['query'], (_name, [query]) => statementLabel(query));
  watch(fs, ['write', 'writev', 'writeFileSync', 'mkdirSync'], fileLabelOf);
  watch(fsPromises, ['rename', 'rm', 'mkdir', 'writeFile'], fileLabelOf);
  watch(childProcess, ['spawn'], () => 'spawn trainer');
  const handle = await fsPromises.open('/dev/null');
  watch(Object.getPrototypeOf(handle), ['sync'], () => 'file sync');
  await handle.close();
  syncBuiltinESMExports();
}

const fileLabelOf = (name: string, [target]: unknown[]) => fileLabel(name, target);
