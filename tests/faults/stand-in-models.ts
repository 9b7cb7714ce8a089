// What the worker itself reads of a base model, for tests with the stand-in for the trainer.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A base model's folder with what the worker itself reads of one. */
export function putBaseModel(name: string, files: Record<string, object>): void {
  const folder = path.join(process.env.DATA_DIR ?? '', 'trainer/models', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of Object.entries(files))
    writeFileSync(path.join(folder, file), JSON.stringify(content));
}

/** Counts words, which is all that the worker wants of a tokenizer here. */
export const wordTokenizer = {
  'tokenizer.json': {
    version: '1.0',
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: { '[UNK]': 0 }, unk_token: '[UNK]' },
  },
  'tokenizer_config.json': {
    chat_template: '{% for message in messages %}{{ message.content }} {% endfor %}',
  },
};
