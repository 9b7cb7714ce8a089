import 'server-only';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { log } from '@/lib/log';
import { recordProcess } from '@/lib/process-record';
import { trainerEnvironment, trainerPython, trainerSource } from '@/lib/training/trainer-state';

/** One line of a trainer's metrics.jsonl; the fields of each kind: trainer/README.md. */
export const trainerEventSchema = z.looseObject({ event: z.string(), at: z.string().optional() });
export type TrainerEvent = z.infer<typeof trainerEventSchema>;

/** The trainer ended with an error of its own; `code` is one of trainer/README.md's. */
export class TrainerFailure extends Error {
  constructor(
    readonly code: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(code);
  }
}

/** The trainer saved its state and stopped because it was asked to. */
export class TrainerStopped extends Error {}

const EXIT_STOPPED = 75;
const EXIT_ALREADY_RUNNING = 15;
const POLL_MS = 300;
const KILL_AFTER_MS = 20_000;
/** Deaths without any new event before a run is given up. */
const MAX_DEATHS = 4;

export type TrainerJob = {
  command: 'train' | 'evaluate' | 'answer';
  config: Record<string, unknown>;
  /** Where the command keeps metrics.jsonl. */
  jobDir: string;
  /** Asked about once a second; true ends the trainer. */
  shouldStop: () => Promise<boolean>;
  /** Called in order for every event, from the first on: again after a restart. */
  onEvent: (event: TrainerEvent) => Promise<void>;
};

/** Reads complete lines that a growing file has gained. */
class LineTail {
  private offset = 0;
  private rest = Buffer.alloc(0);

  constructor(private readonly file: string) {}

  async read(): Promise<string[]> {
    const handle = await open(this.file, 'r').catch(() => null);
    if (!handle) return [];
    try {
      const { size } = await handle.stat();
      if (size <= this.offset) return [];
      const buffer = Buffer.alloc(size - this.offset);
      await handle.read(buffer, 0, buffer.length, this.offset);
      this.offset = size;
      const text = Buffer.concat([this.rest, buffer]);
      const end = text.lastIndexOf(10) + 1;
      this.rest = text.subarray(end);
      return text.subarray(0, end).toString('utf8').split('\n').filter(Boolean);
    } finally {
      await handle.close();
    }
  }
}

/**
 * Runs a command of the trainer to its end and returns its `done` event. The trainer lives in a
 * process group of its own and writes its events to a file, so that it survives the worker: a
 * second call finds it running and follows the file. A killed trainer is started again and goes
 * on from its last checkpoint. Throws TrainerFailure or TrainerStopped.
 */
export async function runTrainer(job: TrainerJob): Promise<TrainerEvent> {
  await mkdir(job.jobDir, { recursive: true });
  const configFile = path.join(job.jobDir, `${job.command}.json`);
  await writeFile(configFile, JSON.stringify(job.config));
  const tail = new LineTail(path.join(job.jobDir, 'metrics.jsonl'));
  let last: TrainerEvent | null = null;
  let seen = 0;
  const drain = async () => {
    for (const line of await tail.read()) {
      const event = trainerEventSchema.parse(JSON.parse(line));
      last = event;
      seen += 1;
      await job.onEvent(event);
    }
  };
  const ended = () => last as TrainerEvent | null;

  for (let deaths = 0, seenAtDeath = 0; ; ) {
    const child = start(job.command, configFile);
    const code = await follow(child, job, drain);
    await drain();
    if (code === 0) {
      const done = ended();
      if (done?.event === 'done') return done;
      throw new TrainerFailure('internal');
    }
    if (code === EXIT_STOPPED) throw new TrainerStopped();
    if (code === EXIT_ALREADY_RUNNING) {
      if (await job.shouldStop()) await stopSurvivor(job.jobDir);
      await sleep(1_000);
      continue;
    }
    const error = ended();
    if (code !== null && error?.event === 'error')
      throw new TrainerFailure(String(error.code ?? 'internal'), error);
    if (await job.shouldStop()) throw new TrainerStopped();
    deaths = seen > seenAtDeath ? 1 : deaths + 1;
    seenAtDeath = seen;
    log.warn({ command: job.command, code, deaths }, 'trainer died and is started again');
    if (deaths >= MAX_DEATHS) throw new TrainerFailure('died');
    await sleep(500 * deaths);
  }
}

function start(command: string, configFile: string): ChildProcess {
  const child = spawn(
    trainerPython(),
    ['-m', `apprentice_trainer.${command}`, '--config', configFile],
    { cwd: trainerSource(), detached: true, stdio: 'ignore', env: trainerEnvironment() },
  );
  recordProcess(child, 'trainer');
  return child;
}

/** Waits for the child's end while events are read; returns its exit code, null for a signal. */
async function follow(
  child: ChildProcess,
  job: TrainerJob,
  drain: () => Promise<void>,
): Promise<number | null> {
  let code: number | null | undefined;
  let failure: Error | undefined;
  child.on('exit', (status) => {
    code = status;
  });
  child.on('error', (error) => {
    failure = error;
    code = null;
  });
  let askedAt = 0;
  let stoppedAt = 0;
  while (code === undefined) {
    await sleep(POLL_MS);
    await drain();
    const now = performance.now();
    if (now - askedAt > 1_000) {
      askedAt = now;
      if (stoppedAt === 0 && (await job.shouldStop())) {
        stoppedAt = now;
        killGroup(child.pid, 'SIGTERM');
      }
    }
    if (stoppedAt > 0 && now - stoppedAt > KILL_AFTER_MS) killGroup(child.pid, 'SIGKILL');
  }
  if (failure) throw new TrainerFailure('broken_installation', { detail: failure.message });
  return code;
}

function killGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // it has ended in the meantime
  }
}

/** Ends a trainer that an earlier worker started, if the pid in its lock still is a trainer. */
async function stopSurvivor(jobDir: string): Promise<void> {
  const text = await readFile(path.join(jobDir, 'lock'), 'utf8').catch(() => '');
  const pid = Number(text.match(/\d+/)?.[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  if (command.includes('apprentice_trainer')) killGroup(pid, 'SIGTERM');
}
