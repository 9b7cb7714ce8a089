import 'server-only';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { childEnvironment, env } from '@/lib/env';
import { dataPath } from '@/lib/files';

export const trainerStateSchema = z.object({
  state: z.enum(['installing', 'preparing', 'ready', 'failed', 'off']),
  stage: z.string().nullish(),
  done: z.number().nullish(),
  total: z.number().nullish(),
  unit: z.string().nullish(),
  /** Why it failed and what to do, in the words of the program that the terminal shows too. */
  message: z.string().nullish(),
  hint: z.string().nullish(),
});
export type TrainerState = z.infer<typeof trainerStateSchema>;

/** How far the trainer is; `npm start` writes it while it installs and prepares in the background. */
export async function readTrainerState(): Promise<TrainerState> {
  const text = await readFile(dataPath('trainer', 'state.json'), 'utf8').catch(() => null);
  const parsed = text === null ? null : trainerStateSchema.safeParse(JSON.parse(text));
  return parsed?.data ?? { state: 'off' };
}

/** The Python that runs the trainer. */
export function trainerPython(): string {
  return env().TRAINER_PYTHON ?? dataPath('trainer', 'venv', 'bin', 'python');
}

/** Folder that holds the package apprentice_trainer. */
export function trainerSource(): string {
  return path.resolve(env().APPRENTICE_ROOT ?? process.cwd(), 'trainer');
}

/** Tokens per second of training that this machine had when the trainer was prepared, or null. */
export async function readPreparedSpeed(baseModel: string): Promise<number | null> {
  const text = await readFile(dataPath('trainer', 'models', baseModel, 'speed.json'), 'utf8').catch(
    () => null,
  );
  const parsed = z
    .object({ tokensPerSecond: z.number().positive() })
    .safeParse(text === null ? null : JSON.parse(text));
  return parsed.data?.tokensPerSecond ?? null;
}

/** The environment of every program of the trainer: nothing of ours but the way to its tools, and never a network. */
export function trainerEnvironment(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...childEnvironment(),
    LANG: 'C.UTF-8',
    HF_HUB_OFFLINE: '1',
    HF_HUB_DISABLE_TELEMETRY: '1',
    TOKENIZERS_PARALLELISM: 'false',
    ...more,
  };
}
