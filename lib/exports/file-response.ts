import 'server-only';
import { Readable } from 'node:stream';
import { readFileStream } from '@/lib/files';
import { downloadHeaders } from '@/lib/http';
import { problemResponse } from '@/lib/problem';
import texts from '@/messages/en/api.json';

export type Download = {
  key: string;
  bytes: number;
  sha256: string;
  name: string;
  contentType: string;
};

type Range = { start: number; end: number };

/** One byte range of RFC 9110 §14.1.2, null when there is none to honour, 'unsatisfiable' when it lies outside. */
export function parseRange(header: string | null, size: number): Range | null | 'unsatisfiable' {
  const match = header?.match(/^bytes=(\d*)-(\d*)$/);
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const length = Number(match[2]);
    return length === 0 || size === 0
      ? 'unsatisfiable'
      : { start: Math.max(0, size - length), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? null : { start, end };
}

/** Answers with a stored file: strong ETag (its SHA-256), conditional and range requests. */
export function fileResponse(request: Request, download: Download): Response {
  const etag = `"${download.sha256}"`;
  const headers = new Headers(downloadHeaders(download.name, download.contentType));
  headers.set('ETag', etag);
  headers.set('Accept-Ranges', 'bytes');
  headers.set('Cache-Control', 'private, no-cache');
  const known = request.headers.get('if-none-match');
  if (
    known?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*')
  ) {
    return new Response(null, { status: 304, headers });
  }
  const condition = request.headers.get('if-range');
  const range =
    condition && condition !== etag
      ? null
      : parseRange(request.headers.get('range'), download.bytes);
  if (range === 'unsatisfiable') {
    const refused = problemResponse('RANGE_NOT_SATISFIABLE', texts.errors.badRange, {
      data: { bytes: download.bytes },
    });
    refused.headers.set('ETag', etag);
    refused.headers.set('Accept-Ranges', 'bytes');
    refused.headers.set('Content-Range', `bytes */${download.bytes}`);
    return refused;
  }
  const length = range ? range.end - range.start + 1 : download.bytes;
  headers.set('Content-Length', String(length));
  if (range) headers.set('Content-Range', `bytes ${range.start}-${range.end}/${download.bytes}`);
  const status = range ? 206 : 200;
  if (request.method === 'HEAD' || length === 0) return new Response(null, { status, headers });
  const stream = Readable.toWeb(
    readFileStream(download.key, range ?? undefined),
  ) as ReadableStream<Uint8Array>;
  return new Response(stream, { status, headers });
}
