import 'server-only';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Zip, ZipPassThrough } from 'fflate';
import { createFileKey, type StoredFile, storeFile } from '@/lib/files';

export type CardInput = {
  name: string;
  baseModel: string;
  datasetName: string;
  releaseNumber: number;
  runNumber: number;
  trainingExamples: number;
  trainingTokens: number;
  settings: { epochs: number; learningRate: number; loraRank: number; seed: number };
  lossBefore: number | null;
  lossAfter: number | null;
  heldOutRows: number;
  createdAt: Date;
};

const loss = (value: number | null) => (value === null ? 'not measured' : value.toFixed(3));

/** The card that travels with an adapter: what it is, what it was trained on, how to serve it. Markdown. */
export function adapterCard(card: CardInput): string {
  return `---
base_model: ${card.baseModel}
library_name: peft
license: apache-2.0
---

# ${card.name}

A LoRA adapter (PEFT) for \`${card.baseModel}\`, trained with Apprentice on human-verified examples.

| | |
|---|---|
| Dataset | ${card.datasetName.replaceAll('|', '\\|')}, release ${card.releaseNumber} |
| Run | ${card.runNumber}, ${card.createdAt.toISOString().slice(0, 10)} |
| Training examples | ${card.trainingExamples} (${card.trainingTokens} tokens a pass) |
| Settings | ${card.settings.epochs} epochs, learning rate ${card.settings.learningRate}, rank ${card.settings.loraRank}, seed ${card.settings.seed} |
| Loss per reply token on ${card.heldOutRows} held-out examples | before ${loss(card.lossBefore)}, after ${loss(card.lossAfter)} |

The base model is licensed under Apache-2.0. The adapter belongs to whoever owns the examples.

## How to serve it

Merged, with an OpenAI-compatible chat API:

\`\`\`python
from peft import AutoPeftModelForCausalLM
from transformers import AutoTokenizer

model = AutoPeftModelForCausalLM.from_pretrained("adapter").merge_and_unload()
model.save_pretrained("merged")
AutoTokenizer.from_pretrained("adapter").save_pretrained("merged")
\`\`\`

\`\`\`sh
transformers serve --host 127.0.0.1 --port 8000
\`\`\`

Always send the system prompt of the brief: the adapter was trained with it.
`;
}

/** Streams the adapter's folder and its card into the file store as a zip. Safetensors do not compress: stored as they are. */
export async function packAdapter(folder: string, card: string): Promise<StoredFile> {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
  async function* bytes(): AsyncGenerator<Uint8Array> {
    const chunks: Uint8Array[] = [];
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      chunks.push(chunk);
    });
    const text = new ZipPassThrough('README.md');
    zip.add(text);
    text.push(new TextEncoder().encode(card), true);
    yield* chunks.splice(0);
    for (const name of names.filter((candidate) => candidate !== 'README.md').sort()) {
      const entry = new ZipPassThrough(`adapter/${name}`);
      zip.add(entry);
      for await (const chunk of createReadStream(
        path.join(folder, name),
      ) as AsyncIterable<Buffer>) {
        entry.push(new Uint8Array(chunk));
        yield* chunks.splice(0);
      }
      entry.push(new Uint8Array(0), true);
      yield* chunks.splice(0);
    }
    zip.end();
    yield* chunks.splice(0);
  }
  return storeFile(createFileKey('adapters', '.zip'), bytes());
}
