import 'server-only';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { dataPath } from '@/lib/files';
import { recordProcess } from '@/lib/process-record';
import { getBaseModel } from '@/lib/training/base-models';
import { trainerEnvironment, trainerPython, trainerSource } from '@/lib/training/trainer-state';

const answerSchema = z.object({
  text: z.string(),
  tokens: z.int(),
  seconds: z.number(),
  finished: z.boolean(),
});
export type ModelAnswer = z.infer<typeof answerSchema>;

const listeningSchema = z.object({ event: z.literal('listening'), port: z.int() });
const START_MS = 120_000;
const ANSWER_MS = 180_000;
const IDLE_MS = 10 * 60_000;

/** The model server of one base model: on loopback, behind a secret of this process, gone when idle. */
type Server = { child: ChildProcess; port: number; secret: string; idle: NodeJS.Timeout };

const servers = new Map<string, Promise<Server>>();

async function start(baseModel: string): Promise<Server> {
  const model = await getBaseModel(baseModel);
  const secret = randomBytes(24).toString('hex');
  const folder = dataPath('trainer', 'serve', baseModel, String(process.pid));
  await mkdir(folder, { recursive: true });
  const config = path.join(folder, 'serve.json');
  await writeFile(config, JSON.stringify({ baseModel: model.folder, logDir: folder, port: 0 }));
  const child = spawn(trainerPython(), ['-m', 'apprentice_trainer.serve', '--config', config], {
    cwd: trainerSource(),
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: trainerEnvironment({ APPRENTICE_TRAINER_SECRET: secret }),
  });
  recordProcess(child, 'model-server');
  const port = await new Promise<number>((resolve, reject) => {
    const fail = () => reject(new AppError('UNAVAILABLE', 'models.errors.serverFailed'));
    const timer = setTimeout(() => {
      end(child);
      fail();
    }, START_MS);
    child.once('error', fail);
    child.once('exit', () => {
      servers.delete(baseModel);
      fail();
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const listening = listeningSchema.safeParse(JSON.parse(line));
      if (!listening.success) return;
      clearTimeout(timer);
      resolve(listening.data.port);
    });
  });
  return { child, port, secret, idle: setTimeout(() => stopModelServer(baseModel), IDLE_MS) };
}

function end(child: ChildProcess): void {
  try {
    if (child.pid) process.kill(-child.pid, 'SIGTERM');
  } catch {
    // it has ended in the meantime
  }
}

/** Ends the server of a base model, or all of them. They also end with this process. */
export function stopModelServer(baseModel?: string): void {
  for (const name of baseModel === undefined ? [...servers.keys()] : [baseModel]) {
    const server = servers.get(name);
    servers.delete(name);
    server
      ?.then(({ child, idle }) => {
        clearTimeout(idle);
        end(child);
      })
      .catch(() => undefined);
  }
}

type Question = {
  baseModel: string;
  adapter: string | null;
  messages: { role: 'system' | 'user' | 'assistant'; content: string }[];
  maxNewTokens: number;
};

/**
 * One greedy answer by the base model, with an adapter or without. The model stops writing when the
 * signal is aborted, whose reason is thrown then. Throws UNAVAILABLE or INVALID.
 */
export async function askModelServer(input: Question, signal: AbortSignal): Promise<ModelAnswer> {
  const { baseModel, ...body } = input;
  let starting = servers.get(baseModel);
  if (!starting) {
    starting = start(baseModel);
    servers.set(baseModel, starting);
    starting.catch(() => servers.delete(baseModel));
  }
  const server = await starting;
  server.idle.refresh();
  const response = await fetch(`http://127.0.0.1:${server.port}/answer`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Apprentice-Secret': server.secret },
    body: JSON.stringify(body),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  }).catch(() => null);
  signal.throwIfAborted();
  if (!response) throw new AppError('UNAVAILABLE', 'models.errors.serverFailed');
  const value: unknown = await response.json();
  if (response.ok) return answerSchema.parse(value);
  const code = z.object({ code: z.string() }).safeParse(value).data?.code;
  throw code === 'too_long'
    ? new AppError('INVALID', 'models.errors.promptTooLong')
    : new AppError('UNAVAILABLE', 'models.errors.serverFailed');
}
