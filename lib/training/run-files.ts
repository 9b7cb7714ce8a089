import 'server-only';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { db } from '@/lib/db';
import { AppError } from '@/lib/errors';
import { trlPromptCompletion } from '@/lib/exports/writers/trl-prompt-completion';
import { dataPath, readFileStream, removeNamed } from '@/lib/files';
import { releaseRows } from '@/lib/releases/release-rows';

/** Folder of one run: training files, the trainer's events, checkpoints and the adapter. */
export const runFolder = (runId: string) => dataPath('runs', runId);

export type RunFiles = { train: string; validation: string; heldOut: string };

/**
 * Lays a run's files down: the released training and validation files byte for byte, and the
 * held-out rows, which no export holds, with the example's id in front.
 */
export async function writeRunFiles(input: {
  runId: string;
  releaseId: string;
  systemPrompt: string;
}): Promise<RunFiles> {
  const folder = runFolder(input.runId);
  await mkdir(folder, { recursive: true });
  const files: RunFiles = {
    train: path.join(folder, 'train.jsonl'),
    validation: path.join(folder, 'validation.jsonl'),
    heldOut: path.join(folder, 'held-out.jsonl'),
  };
  const exported = await db.export.findMany({
    where: { releaseId: input.releaseId, format: trlPromptCompletion.id },
    select: { split: true, fileKey: true },
  });
  try {
    for (const split of ['training', 'validation'] as const) {
      const file = exported.find((candidate) => candidate.split === split);
      if (!file) throw new AppError('NOT_FOUND');
      await pipeline(
        readFileStream(file.fileKey),
        createWriteStream(split === 'training' ? files.train : files.validation, { mode: 0o600 }),
      );
    }
    await pipeline(
      Readable.from(heldOutLines(input.releaseId, input.systemPrompt)),
      createWriteStream(files.heldOut, { mode: 0o600 }),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('UNAVAILABLE', 'errors.diskFull');
    throw error;
  }
  return files;
}

async function* heldOutLines(releaseId: string, systemPrompt: string): AsyncGenerator<string> {
  for await (const { exampleId, content } of releaseRows(releaseId, 'held_out')) {
    const line = trlPromptCompletion.render(content, content.system ?? systemPrompt);
    yield `{"id":"${exampleId}",${line.slice(1)}\n`;
  }
}

/** What training and evaluation read, and nobody needs once the run has ended. */
const inputs = ['train.jsonl', 'validation.jsonl', 'held-out.jsonl', 'asked-again'];

/** Removes what a run that ended without a model left behind, except its event log. */
export const clearRunFolder = (runId: string): Promise<void> =>
  removeNamed(runFolder(runId), [...inputs, 'checkpoints', 'adapter', 'evaluation']);

/** Deletes the training files of a finished run; the adapter and the event log stay. */
export const dropTrainingFiles = (runId: string): Promise<void> =>
  removeNamed(runFolder(runId), [...inputs, 'checkpoints']);

/** Removes every text of an example, and every answer to one, from a run's folder. */
export const removeRunTexts = (runId: string): Promise<void> =>
  removeNamed(runFolder(runId), [...inputs, 'evaluation', 'regression', 'curve']);

/** Removes what a run asks again of earlier releases. */
export const removeAskedAgain = (runId: string): Promise<void> =>
  removeNamed(runFolder(runId), ['asked-again']);
