import 'server-only';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { dataPath } from '@/lib/files';

/** A model folder that is ready on this machine. */
export type BaseModel = { id: string; folder: string; contextLength: number };

const configSchema = z.object({ max_position_embeddings: z.int().positive() });
const tokenizerConfigSchema = z.looseObject({
  chat_template: z.string().optional(),
  bos_token: z.unknown().optional(),
  eos_token: z.unknown().optional(),
});

const modelsFolder = () => dataPath('trainer', 'models');

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

/** The base models on this machine, by name. Empty until the trainer is prepared. */
export async function findBaseModels(): Promise<BaseModel[]> {
  const entries = await readdir(modelsFolder(), { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory() && /^[a-z0-9][a-z0-9._-]*$/.test(entry.name))
      .map(async (entry) => {
        const folder = path.join(modelsFolder(), entry.name);
        const config = await readJson(path.join(folder, 'config.json')).catch(() => null);
        const parsed = configSchema.safeParse(config);
        if (!parsed.success) return [];
        return [{ id: entry.name, folder, contextLength: parsed.data.max_position_embeddings }];
      }),
  );
  return found.flat().sort((a, b) => a.id.localeCompare(b.id));
}

/** One base model. Throws UNAVAILABLE until the trainer is prepared, INVALID for a name it does not have. */
export async function getBaseModel(id: string): Promise<BaseModel> {
  const models = await findBaseModels();
  const model = models.find((candidate) => candidate.id === id);
  if (model) return model;
  if (models.length > 0)
    throw new AppError('INVALID', 'training.errors.baseModelUnknown', { model: id });
  throw new AppError('UNAVAILABLE', 'training.errors.baseModelMissing', { model: id });
}

export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string };
export type TokenCounter = (messages: ChatMessage[]) => number;

const counters = new Map<string, Promise<TokenCounter>>();

/**
 * Counts tokens exactly as the trainer does: the model's own chat template and its own
 * tokenizer.json. Loaded once per process.
 */
export function tokenCounter(model: BaseModel): Promise<TokenCounter> {
  const known = counters.get(model.folder);
  if (known) return known;
  const loading = loadCounter(model.folder).catch((error: unknown) => {
    counters.delete(model.folder);
    throw error;
  });
  counters.set(model.folder, loading);
  return loading;
}

async function loadCounter(folder: string): Promise<TokenCounter> {
  const [tokenizerJson, rawConfig] = await Promise.all([
    readJson(path.join(folder, 'tokenizer.json')),
    readJson(path.join(folder, 'tokenizer_config.json')),
  ]);
  const config = tokenizerConfigSchema.parse(rawConfig);
  const chatTemplate =
    config.chat_template ??
    (await readFile(path.join(folder, 'chat_template.jinja'), 'utf8').catch(() => null));
  if (chatTemplate === null) throw new AppError('UNAVAILABLE', 'training.errors.brokenBaseModel');
  const template = new Template(chatTemplate);
  const tokenizer = new Tokenizer(tokenizerJson as never, rawConfig as never);
  const special = {
    bos_token: tokenText(config.bos_token),
    eos_token: tokenText(config.eos_token),
  };
  return (messages) => {
    const text = template.render({ messages, add_generation_prompt: false, ...special });
    return tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  };
}

function tokenText(token: unknown): string {
  if (typeof token === 'string') return token;
  return z.object({ content: z.string() }).safeParse(token).data?.content ?? '';
}
