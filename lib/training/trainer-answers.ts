import 'server-only';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BaseModel } from '@/lib/training/base-models';
import { runFolder } from '@/lib/training/run-files';
import { runTrainer } from '@/lib/training/trainer-process';
import {
  type AnswerRow,
  type TrainerAnswers,
  trainerAnswersSchema,
} from '@/lib/training/trainer-schema';
import type { ShouldStop } from '@/lib/training/training-place';

type Asked = {
  /** Of this question alone: what was answered before a kill is found there. */
  folder: string;
  base: BaseModel;
  /** The run whose adapter is the tuned model. */
  runId: string;
  rows: readonly AnswerRow[];
  maxNewTokens: number;
  /** JSON Schema that every answer has to follow; null: any text. */
  replySchema: object | null;
  shouldStop: ShouldStop;
  /** Of both passes over the rows together: measuring, then answering, each model in turn. */
  onProgress: (done: number, total: number) => Promise<void>;
};

/** Lets base and tuned model answer rows, greedily and with the same limits. */
export async function answerRows(asked: Asked): Promise<TrainerAnswers> {
  const { folder, rows, onProgress } = asked;
  const [rowsFile, outFile] = [path.join(folder, 'rows.jsonl'), path.join(folder, 'out.json')];
  await mkdir(folder, { recursive: true });
  await writeFile(rowsFile, `${rows.map((row) => JSON.stringify(row)).join('\n')}\n`, {
    mode: 0o600,
  });
  const base = rows.filter((row) => row.model === 'base').length;
  const startOf: Record<string, number> = {
    'base:loss': 0,
    'base:answer': base,
    'tuned:loss': 2 * base,
    'tuned:answer': rows.length + base,
  };
  await onProgress(0, 2 * rows.length);
  await runTrainer({
    command: 'answer',
    jobDir: folder,
    config: {
      jobDir: folder,
      baseModel: asked.base.folder,
      adapter: path.join(runFolder(asked.runId), 'adapter'),
      rowsFile,
      outFile,
      maxNewTokens: asked.maxNewTokens,
      replySchema: asked.replySchema,
    },
    shouldStop: asked.shouldStop,
    onEvent: async (event) => {
      const start = startOf[String(event.stage)];
      if (event.event !== 'progress' || start === undefined) return;
      await onProgress(start + Number(event.done), 2 * rows.length);
    },
  });
  return trainerAnswersSchema.parse(JSON.parse(await readFile(outFile, 'utf8')));
}
