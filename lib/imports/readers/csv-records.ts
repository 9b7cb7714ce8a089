import { CsvError, parse } from 'csv-parse/sync';
import { type Delimiter, MAX_ROW_LENGTH } from '@/lib/imports/import-schema';

export type CsvRecord =
  | { line: number; cells: string[] }
  | { line: number; reason: 'unclosedQuote' | 'textAfterQuote' | 'rowTooLong'; raw: string };

const QUOTE = 34;
const LF = 10;
const CR = 13;
/** How many bytes of a row that cannot be read are kept. */
const RAW_KEPT = 4_000;

type Layout = { delimiter: Delimiter; newline: 'lf' | 'cr' };

/** Ends a parse at a record that cannot be read. One for all, as thousands may be thrown. */
const fault = new Error('a record that cannot be read');

/**
 * The records of a CSV that comes piece by piece, each with the physical line on which it begins.
 * csv-parse reads them; here is kept what it does not: the text of the record that is not complete
 * yet, the line, and the way on after a broken quote, which costs one physical line and no more.
 * Its own count of lines takes a CRLF inside quotes for two, so line breaks are counted here.
 */
export class CsvRecords {
  private pieces: Buffer[] = [];
  private held = 0;
  /** A record that is not complete yet is looked at again only when its text has doubled. */
  private enough = 0;
  private line = 1;
  private skipping = false;
  /** First half of a character that a piece was cut through. */
  private half = '';
  private readonly breakCode: number;

  constructor(
    private readonly layout: Layout,
    /** In bytes of UTF-8. */
    private readonly maxLength = MAX_ROW_LENGTH,
  ) {
    this.breakCode = layout.newline === 'lf' ? LF : CR;
  }

  /** The records that are complete with this piece; `last` says that no more text follows. */
  push(piece: string, last: boolean): CsvRecord[] {
    this.hold(piece, last);
    if (!last && this.held < this.enough) return [];
    const text = Buffer.concat(this.pieces);
    const records: CsvRecord[] = [];
    let start = this.skipping ? this.skipLine(text, 0) : 0;
    while (start < text.length) {
      const { end, reason } = this.readFrom(text, start, last, records);
      start = end;
      if (start >= text.length) break;
      const isTooLong = text.length - start > this.maxLength;
      if (!reason && !last && !isTooLong) break;
      const raw = this.physicalLine(text, start);
      records.push({ line: this.line, reason: reason ?? faultOf(last), raw });
      start = this.skipLine(text, start);
    }
    const rest = text.subarray(start);
    this.pieces = rest.length > 0 ? [Buffer.from(rest)] : [];
    this.held = rest.length;
    this.enough = rest.length * 2;
    return records;
  }

  private hold(piece: string, last: boolean): void {
    let text = this.half + piece;
    const isCut = !last && /[\ud800-\udbff]$/.test(text);
    this.half = isCut ? text.slice(-1) : '';
    if (isCut) text = text.slice(0, -1);
    const bytes = Buffer.from(text);
    this.pieces.push(bytes);
    this.held += bytes.length;
  }

  /**
   * Adds the complete records from `start` on, up to the end of the text, a broken quote or a
   * record that may go on in the next piece. `end` is where the last complete one ends.
   */
  private readFrom(
    text: Buffer,
    start: number,
    last: boolean,
    records: CsvRecord[],
  ): { end: number; reason?: 'textAfterQuote' } {
    const part = text.subarray(start);
    let end = 0;
    const onRecord = (cells: string[], { bytes }: { bytes: number }): null => {
      const isComplete = bytes < part.length || last || part[bytes - 1] === this.breakCode;
      if (!isComplete) return null;
      const raw = part.subarray(end, bytes);
      if (cells.some((cell) => cell.startsWith('"')) && this.hasTextAfterQuote(raw)) {
        // The lines behind the first may well be rows of their own, so they are read again.
        if (raw.subarray(0, -1).includes(this.breakCode)) throw fault;
        const line = this.physicalLine(raw, 0);
        records.push({ line: this.line, reason: 'textAfterQuote', raw: line });
      } else if (cells.length > 1 || cells[0] !== '' || raw[0] === QUOTE) {
        records.push({ line: this.line, cells });
      }
      this.line += this.countBreaks(raw);
      end = bytes;
      return null;
    };
    try {
      parse(part, { ...this.options(), relax_quotes: true, on_record: onRecord });
    } catch (error) {
      if (error === fault) return { end: start + end, reason: 'textAfterQuote' };
      // What is open here may be closed by the next piece.
      if (!isNotClosed(error)) throw error;
    }
    return { end: start + end };
  }

  /**
   * A quote in the middle of an unquoted cell is text, so quotes are read leniently; a closing
   * quote with text behind it then comes out as text too, and only a strict second look tells.
   */
  private hasTextAfterQuote(raw: Buffer): boolean {
    try {
      parse(raw, {
        ...this.options(),
        skip_records_with_error: true,
        on_skip: (error) => {
          if (error?.code === 'CSV_INVALID_CLOSING_QUOTE') throw fault;
          return undefined;
        },
      });
    } catch (error) {
      if (error === fault) return true;
      throw error;
    }
    return false;
  }

  private options() {
    const { delimiter, newline } = this.layout;
    const record_delimiter = newline === 'lf' ? ['\r\n', '\n'] : ['\r'];
    return { delimiter, record_delimiter, relax_column_count: true };
  }

  /** Where the next physical line begins; remembers to go on skipping when it is not there yet. */
  private skipLine(text: Buffer, start: number): number {
    const at = text.indexOf(this.breakCode, start);
    this.skipping = at < 0;
    if (at < 0) return text.length;
    this.line += 1;
    return at + 1;
  }

  private physicalLine(text: Buffer, start: number): string {
    const at = text.indexOf(this.breakCode, start);
    const end = Math.min(at < 0 ? text.length : at, start + RAW_KEPT);
    return new TextDecoder().decode(text.subarray(start, end), { stream: true }).replace(/\r$/, '');
  }

  private countBreaks(raw: Buffer): number {
    let breaks = 0;
    for (let at = raw.indexOf(this.breakCode); at >= 0; at = raw.indexOf(this.breakCode, at + 1))
      breaks += 1;
    return breaks;
  }
}

const faultOf = (last: boolean) => (last ? 'unclosedQuote' : 'rowTooLong');

const isNotClosed = (error: unknown) =>
  error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';
