import type { Encoding, Reading, ReadingChange } from '@/lib/imports/import-schema';
import { importReaders, readerOf } from '@/lib/imports/readers';

/** Bytes from the beginning that detection, preview and header look at. */
export const HEAD_BYTES = 256 * 1024;

/** Why a file cannot be an import at all; keys of `imports.errors`. */
export type UnreadableFile = 'emptyFile' | 'workbook' | 'archive' | 'pdf' | 'binary';

/**
 * Watches a file while it streams by: keeps its head and finds out whether every byte of it is
 * UTF-8, without holding more.
 */
export class FileInspector {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private readonly heads: Uint8Array[] = [];
  private headBytes = 0;
  private wellFormed = true;

  write(chunk: Uint8Array): void {
    if (this.headBytes < HEAD_BYTES) {
      const part = chunk.slice(0, HEAD_BYTES - this.headBytes);
      this.heads.push(part);
      this.headBytes += part.length;
    }
    this.decode(chunk, true);
  }

  end(): { head: Uint8Array; isUtf8: boolean } {
    this.decode(new Uint8Array(), false);
    return { head: Buffer.concat(this.heads), isUtf8: this.wellFormed };
  }

  private decode(chunk: Uint8Array, stream: boolean): void {
    if (!this.wellFormed) return;
    try {
      this.decoder.decode(chunk, { stream });
    } catch {
      this.wellFormed = false;
    }
  }
}

/** Encoding, format, delimiter, header and columns of a file, or why it cannot be read. */
export function detectReading(
  head: Uint8Array,
  isUtf8: boolean,
): Reading | { fault: UnreadableFile } {
  const encoding = detectEncoding(head, isUtf8);
  if (typeof encoding !== 'string') return encoding;
  const text = decodeHead(head, encoding);
  if (text.trim() === '') return { fault: 'emptyFile' };
  const reader = importReaders.find((candidate) => candidate.recognises(text));
  if (!reader) return { fault: 'binary' };
  return { encoding, isUtf8, ...reader.sniff(text) };
}

/** The reading after a person's change. A new delimiter or header gives new columns. */
export function changeReading(head: Uint8Array, reading: Reading, change: ReadingChange): Reading {
  const encoding = change.encoding ?? reading.encoding;
  const format = change.format ?? reading.format;
  const sniffed = readerOf(format).sniff(decodeHead(head, encoding), {
    delimiter: change.delimiter ?? (format === reading.format ? reading.delimiter : undefined),
    header: change.header ?? (format === reading.format ? reading.header : undefined),
  });
  return { encoding, isUtf8: reading.isUtf8, ...sniffed };
}

function decodeHead(head: Uint8Array, encoding: Encoding): string {
  // `stream` leaves out a character that the cut went through.
  return new TextDecoder(encoding).decode(head, { stream: true });
}

const signatures: [number[], UnreadableFile][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'workbook'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'workbook'],
  [[0x1f, 0x8b], 'archive'],
  [[0x25, 0x50, 0x44, 0x46], 'pdf'],
  [[0xff, 0xfe, 0x00, 0x00], 'binary'],
];

function detectEncoding(head: Uint8Array, isUtf8: boolean): Encoding | { fault: UnreadableFile } {
  if (head.length === 0) return { fault: 'emptyFile' };
  const signature = signatures.find(([bytes]) => bytes.every((byte, at) => head[at] === byte));
  if (signature) return { fault: signature[1] };
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = countZeros(head);
  if (zeros.even > head.length / 8 && zeros.odd < zeros.even / 8) return 'utf-16be';
  if (zeros.odd > head.length / 8 && zeros.even < zeros.odd / 8) return 'utf-16le';
  // A stray NUL makes a bad row; a file full of them is no text.
  if (zeros.even + zeros.odd > head.length / 50) return { fault: 'binary' };
  return isUtf8 ? 'utf-8' : 'windows-1252';
}

function countZeros(head: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === 0) zeros[at % 2 === 0 ? 'even' : 'odd'] += 1;
  }
  return zeros;
}

/** Decodes a stream of bytes piece by piece, without its byte order mark. */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  encoding: Encoding,
): AsyncIterable<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
