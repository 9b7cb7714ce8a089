import { createHash, type Hash, type KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { contentSchema } from '@/lib/examples/content';
import { contentHash } from '@/lib/examples/content-hash';
import {
  isSignedBy,
  type ManifestHeader,
  type ManifestRow,
  type ManifestSignature,
  type ManifestSummary,
  manifestHeaderSchema,
  manifestRowSchema,
  manifestSignatureSchema,
  manifestSummarySchema,
} from '@/lib/exports/manifest';
import { findWriter } from '@/lib/exports/writers';
import type { Writer } from '@/lib/exports/writers/writer';

/** Something that does not hold, in plain words, with the row (from 0) where it is about one. */
export type Fault = { where: 'file' | 'manifest'; row?: number; message: string };

export type Verification = {
  rows: number;
  faults: Fault[];
  header: ManifestHeader | null;
  signature: 'valid' | 'invalid' | 'not checked' | 'missing';
  keyFingerprint: string | null;
};

const MAX_FAULTS = 100;
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex');

/** Lines of a file as bytes, without their line feed. Throws `unterminated` when the last one has none. */
async function* readLines(path: string, hash?: Hash): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path, {
    highWaterMark: 1 << 16,
  }) as AsyncIterable<Buffer>) {
    hash?.update(chunk);
    let from = 0;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, from)) {
      yield Buffer.concat([...rest, chunk.subarray(from, at)]);
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) throw new Error('the last line does not end with a line feed');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

type ManifestLine =
  | { kind: 'header'; value: ManifestHeader }
  | { kind: 'row'; value: ManifestRow }
  | { kind: 'summary'; value: ManifestSummary }
  | { kind: 'signature'; value: ManifestSignature };

/** A manifest line in its one canonical form; throws on anything else. */
function parseManifestLine(bytes: Buffer): ManifestLine {
  const text = utf8.decode(bytes);
  const json: unknown = JSON.parse(text);
  if (JSON.stringify(json) !== text) throw new Error('not in canonical form');
  const kind = (json as { kind?: unknown }).kind;
  switch (kind) {
    case 'header':
      return { kind, value: manifestHeaderSchema.parse(json) };
    case 'row':
      return { kind, value: manifestRowSchema.parse(json) };
    case 'summary':
      return { kind, value: manifestSummarySchema.parse(json) };
    case 'signature':
      return { kind, value: manifestSignatureSchema.parse(json) };
    default:
      throw new Error('unknown kind of line');
  }
}

/** Compares one line of the training file with its row of the manifest. Null when all holds. */
function checkRow(
  line: Buffer,
  row: ManifestRow,
  header: ManifestHeader,
  writer: Writer,
): string | null {
  if (sha256(line) !== row.lineSha256) return 'the line is not the one that was released';
  const text = utf8.decode(line);
  const { system, content } = writer.parse(text);
  if (row.system === 'brief' && sha256(system) !== header.brief.systemPromptSha256) {
    return "the system message is not the brief's";
  }
  const whole = contentSchema.parse(row.system === 'example' ? { system, ...content } : content);
  if (contentHash(whole) !== row.contentHash) return 'the content is not the approved revision';
  if (writer.render(whole, system) !== text) return 'the line is not in canonical form';
  if (row.reviewerId === row.authorId) return 'author and reviewer are the same person';
  if (row.reviewedAt > header.frozenAt) return 'the approval is younger than the release';
  return null;
}

/**
 * Verifies a training file against its manifest, without a database, in one pass over both.
 * `key` is the trusted public key; without one the signature is reported as not checked.
 * `onRow` receives every manifest row for further checks.
 */
export async function verifyExport(input: {
  file: string;
  manifest: string;
  key: KeyObject | null;
  onRow?: (row: ManifestRow) => void | Promise<void>;
}): Promise<Verification> {
  const faults: Fault[] = [];
  const fault = (entry: Fault) => {
    if (faults.length < MAX_FAULTS) faults.push(entry);
  };
  const result: Verification = {
    rows: 0,
    faults,
    header: null,
    signature: 'missing',
    keyFingerprint: null,
  };
  const fileHash = createHash('sha256');
  const manifestHash = createHash('sha256');
  const lines = readLines(input.file, fileHash);
  let header: ManifestHeader | null = null;
  let writer: Writer | undefined;
  let summary: ManifestSummary | null = null;
  let bytes = 0;

  try {
    for await (const raw of readLines(input.manifest)) {
      const line = parseManifestLine(raw);
      if (result.signature !== 'missing') throw new Error('something follows the signature');
      if (line.kind === 'signature') {
        if (!summary) throw new Error('the signature stands before the summary');
        result.keyFingerprint = line.value.keyFingerprint;
        const digest = manifestHash.digest();
        if (line.value.manifestSha256 !== digest.toString('hex')) result.signature = 'invalid';
        else if (input.key)
          result.signature = isSignedBy(line.value, digest, input.key) ? 'valid' : 'invalid';
        else result.signature = 'not checked';
        continue;
      }
      manifestHash.update(raw).update('\n');
      if (summary) throw new Error('something follows the summary');
      if (line.kind === 'header') {
        if (header) throw new Error('it has two headers');
        header = line.value;
        result.header = header;
        writer = findWriter(header.format);
        if (!writer) throw new Error(`the format ${header.format} is unknown`);
      } else if (line.kind === 'summary') {
        summary = line.value;
      } else {
        if (!header || !writer) throw new Error('it does not begin with a header');
        if (line.value.row !== result.rows) throw new Error(`row ${result.rows} is missing`);
        const next = await lines.next();
        if (next.done) {
          fault({ where: 'file', row: result.rows, message: 'the file ends before this row' });
        } else {
          bytes += next.value.length + 1;
          const message = tryCheck(next.value, line.value, header, writer);
          if (message) fault({ where: 'file', row: result.rows, message });
        }
        await input.onRow?.(line.value);
        result.rows += 1;
      }
    }
  } catch (error) {
    fault({
      where: 'manifest',
      message: `the manifest cannot be trusted: ${(error as Error).message.split('\n')[0]}`,
    });
    return result;
  }
  if (!header || !summary) {
    fault({ where: 'manifest', message: 'the manifest has no header or no summary' });
    return result;
  }
  try {
    for (let next = await lines.next(); !next.done; next = await lines.next()) {
      bytes += next.value.length + 1;
      fault({ where: 'file', message: 'the file has more lines than the manifest' });
    }
  } catch (error) {
    fault({ where: 'file', message: (error as Error).message });
  }
  if (summary.rows !== result.rows)
    fault({ where: 'manifest', message: 'the summary counts other rows' });
  if (summary.bytes !== bytes) fault({ where: 'file', message: 'the file has another size' });
  if (summary.fileSha256 !== fileHash.digest('hex'))
    fault({ where: 'file', message: 'the file is not the released one' });
  if (result.signature === 'invalid')
    fault({ where: 'manifest', message: 'the signature does not fit' });
  if (result.signature === 'missing' && input.key)
    fault({ where: 'manifest', message: 'the signature is missing' });
  return result;
}

function tryCheck(
  line: Buffer,
  row: ManifestRow,
  header: ManifestHeader,
  writer: Writer,
): string | null {
  try {
    return checkRow(line, row, header, writer);
  } catch {
    return 'the line cannot be read back';
  }
}
