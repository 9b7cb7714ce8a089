import 'server-only';
import { createHash } from 'node:crypto';
import { db } from '@/lib/db';
import { env } from '@/lib/env';
import { contentSchema } from '@/lib/examples/content';
import {
  type ManifestHeader,
  type ManifestRow,
  readSigningKey,
  signManifest,
} from '@/lib/exports/manifest';
import type { Writer } from '@/lib/exports/writers/writer';
import { createFileKey, type StoredFile, storeFile } from '@/lib/files';

const PAGE = 500;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export type RenderInput = {
  header: ManifestHeader;
  /** The brief's system prompt, for examples without their own. */
  systemPrompt: string;
  writer: Writer;
  split: 'training' | 'validation';
  releaseId: string;
  onRow?: () => void;
  signal?: AbortSignal;
};

export type Rendered = { file: StoredFile & { rows: number }; manifest: StoredFile };

async function* readItems(releaseId: string, split: 'training' | 'validation') {
  // By key, not by counting: what was erased leaves gaps between the positions.
  for (let after = -1; ; ) {
    const items = await db.$queryRaw<
      {
        position: number;
        exampleId: string;
        number: number;
        revisionId: string;
        ordinal: number;
        content: unknown;
        contentHash: string;
        authorId: string;
        reviewId: string;
        reviewerId: string;
        reviewedAt: Date;
        via: 'session' | 'token';
      }[]
    >`
      SELECT i."position", i."exampleId", e."number", i."revisionId", r."ordinal", r."content", r."contentHash",
             r."authorId", i."reviewId", v."reviewerId", v."createdAt" AS "reviewedAt", v."via"::text AS "via"
      FROM "ReleaseItem" i
      JOIN "Example" e ON e."id" = i."exampleId"
      JOIN "Revision" r ON r."id" = i."revisionId"
      JOIN "Review" v ON v."id" = i."reviewId"
      WHERE i."releaseId" = ${releaseId}::uuid AND i."split" = ${split}::"Split"
        AND i."position" > ${after}
      ORDER BY i."position" LIMIT ${PAGE}`;
    yield* items;
    if (items.length < PAGE) return;
    after = items.at(-1)?.position ?? after;
  }
}

/**
 * Streams one split of a frozen release into the file store as a training file, with its
 * signed manifest. Memory does not grow with the rows. The same release gives the same bytes.
 */
export async function renderExport(input: RenderInput): Promise<Rendered> {
  const { writer, systemPrompt, split, releaseId, onRow, signal } = input;
  let rows = 0;
  // The manifest is written while the file is, so that neither is ever held whole.
  const spill = new RowSpill();
  const manifestKey = createFileKey('manifests', '.jsonl');
  const manifestDone = storeFile(manifestKey, spill.stream(), { signal });
  manifestDone.catch(() => undefined);
  const digest = createHash('sha256');
  const write = async (value: object) => {
    const line = `${JSON.stringify(value)}\n`;
    digest.update(line);
    await spill.push(line);
  };
  try {
    await write(input.header);
    const lines = async function* () {
      for await (const item of readItems(releaseId, split)) {
        signal?.throwIfAborted();
        const content = contentSchema.parse(item.content);
        const line = writer.render(content, content.system ?? systemPrompt);
        const row: ManifestRow = {
          kind: 'row',
          row: rows,
          exampleId: item.exampleId,
          number: item.number,
          revisionId: item.revisionId,
          ordinal: item.ordinal,
          contentHash: item.contentHash,
          lineSha256: sha256(line),
          system: content.system === undefined ? 'brief' : 'example',
          authorId: item.authorId,
          reviewId: item.reviewId,
          reviewerId: item.reviewerId,
          reviewedAt: item.reviewedAt.toISOString(),
          via: item.via,
        };
        await write(row);
        rows += 1;
        onRow?.();
        yield `${line}\n`;
      }
    };
    const file = await storeFile(createFileKey('exports', '.jsonl'), lines(), { signal });
    await write({ kind: 'summary', rows, bytes: file.bytes, fileSha256: file.sha256 });
    const key = env().SIGNING_KEY;
    if (key)
      await spill.push(`${JSON.stringify(signManifest(digest.digest(), readSigningKey(key)))}\n`);
    spill.end();
    return { file: { ...file, rows }, manifest: await manifestDone };
  } catch (error) {
    spill.fail(error as Error);
    await manifestDone.catch(() => undefined);
    throw error;
  }
}

/** A bounded hand-over between the writer of the file and the writer of the manifest. */
class RowSpill {
  private readonly transform = new TransformStream<string, string>(
    {},
    { highWaterMark: 64 },
    { highWaterMark: 64 },
  );
  private readonly writer = this.transform.writable.getWriter();

  async *stream(): AsyncGenerator<string> {
    yield* this.transform.readable as unknown as AsyncIterable<string>;
  }

  async push(line: string): Promise<void> {
    await this.writer.ready;
    void this.writer.write(line).catch(() => undefined);
  }

  end(): void {
    void this.writer.close().catch(() => undefined);
  }

  fail(error: Error): void {
    void this.writer.abort(error).catch(() => undefined);
  }
}
