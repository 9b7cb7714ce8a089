// Finds canaries in what was written, in every form in which a log may write a text.
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Canary, SHORTEST_CANARY } from './register';

/** Where a canary stands: the line from 1, 0 in the file's own name. */
export type Found = { line: number; what: string };

/** So much of a canary is looked for: a log that cuts texts short is found out, too. In bytes. */
const LOOKED_FOR_BYTES = 160;
/** A file that holds thousands says no more than one that holds some. */
const MOST_FOUND = 20;

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inAscii = (json: string) =>
  json.replace(
    /[\u007f-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const inHtml = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/**
 * A text as it is, in capitals, as JSON writes it (also within JSON, also without any sign beyond ASCII, as
 * Python does), in an address, in a form and in HTML.
 */
export function formsOf(given: string): Set<string> {
  const text = given.toWellFormed();
  const json = inJson(text);
  const form = new URLSearchParams([['', text]]).toString().slice(1);
  return new Set([
    text,
    text.toUpperCase(),
    json,
    inJson(json),
    inAscii(json),
    inJson(inAscii(json)),
    encodeURIComponent(text),
    encodeURI(text),
    form,
    inHtml(text),
  ]);
}

/** Bytes as characters, one for each, small ones: `%c3`, `\u00E9` and `%C3`, `\u00e9` are the same. */
const plain = (bytes: Buffer) => bytes.toString('latin1').toLowerCase();

export class Scanner {
  /** What begins with the same signs, by these. */
  private readonly byStart = new Map<string, Canary[]>();
  private longest = SHORTEST_CANARY;

  constructor(canaries: Iterable<Canary>) {
    const known = new Set<string>();
    for (const { what, text } of canaries)
      for (const form of formsOf(text)) this.add(what, plain(Buffer.from(form)), known);
  }

  private add(what: string, whole: string, known: Set<string>): void {
    const text = whole.slice(0, LOOKED_FOR_BYTES);
    if (known.has(text)) return;
    known.add(text);
    this.longest = Math.max(this.longest, text.length);
    const start = text.slice(0, SHORTEST_CANARY);
    const others = this.byStart.get(start);
    if (others) others.push({ what, text });
    else this.byStart.set(start, [{ what, text }]);
  }

  /** What stands in bytes that come in pieces, wherever they are cut. */
  async scan(pieces: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Found[]> {
    const found = new Map<string, Found>();
    let [rest, line] = ['', 1];
    const search = (text: string, upTo: number) => {
      for (let at = 0; at < upTo && found.size < MOST_FOUND; at += 1) {
        for (const { what } of this.at(text, at)) found.set(`${line} ${what}`, { line, what });
        if (text.charCodeAt(at) === 10) line += 1;
      }
    };
    for await (const piece of pieces) {
      const text = rest + plain(piece);
      // What begins nearer to the end may go on in the next piece.
      const upTo = Math.max(0, text.length - this.longest + 1);
      search(text, upTo);
      rest = text.slice(upTo);
    }
    search(rest, rest.length);
    return [...found.values()];
  }

  private at(text: string, at: number): Canary[] {
    const candidates = this.byStart.get(text.slice(at, at + SHORTEST_CANARY)) ?? [];
    return candidates.filter((one) => text.startsWith(one.text, at));
  }

  /** What stands in a file, also in one that is packed by gzip, and what in its name below a folder. */
  async scanFile(path: string, name: string): Promise<Found[]> {
    const inName = await this.scan([Buffer.from(name)]);
    const bytes = createReadStream(path, { highWaterMark: 1 << 20 });
    const inside = await this.scan(isPacked(path) ? unpacked(bytes) : bytes);
    return [...inName.map(({ what }) => ({ line: 0, what })), ...inside];
  }
}

function isPacked(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(2);
    return readSync(file, head, 0, 2, 0) === 2 && head[0] === 0x1f && head[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}

/** The content of a packed stream, as far as it can be read: a killed program leaves it cut. */
async function* unpacked(bytes: Readable): AsyncGenerator<Buffer> {
  const content = bytes.pipe(createGunzip());
  bytes.on('error', (error) => content.destroy(error));
  try {
    yield* content;
  } catch (error) {
    if (!/^Z_/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
