import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

/**
 * The file store: server-made keys under DATA_DIR/files. No part of a key comes from a person,
 * so no name can lead outside.
 */
export type StoredFile = { key: string; bytes: number; sha256: string };

const keyPattern = /^[a-z-]+\/[0-9a-f-]{36}(\.[a-z0-9.]+)?$/;

/** A fresh key in an area such as imports, exports or adapters. */
export function createFileKey(area: string, extension = ''): string {
  return `${area}/${randomUUID()}${extension}`;
}

/** Where a key lies on disk. Throws on anything that `createFileKey` did not make. */
export function filePath(key: string): string {
  if (!keyPattern.test(key)) throw new Error('not a file key');
  return path.resolve(/* turbopackIgnore: true */ env().DATA_DIR, 'files', key);
}

/** Absolute path of a folder under DATA_DIR. */
export function dataPath(...parts: string[]): string {
  return path.resolve(/* turbopackIgnore: true */ env().DATA_DIR, ...parts);
}

/**
 * Streams a source into the store. The file appears under its key whole or not at all.
 * Throws TOO_LARGE past `maxBytes`, UNAVAILABLE when the disk is full.
 */
export async function storeFile(
  key: string,
  source: Readable | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>,
  options: { maxBytes?: number; signal?: AbortSignal | undefined } = {},
): Promise<StoredFile> {
  const target = filePath(key);
  const temporary = `${target}.${randomUUID().slice(0, 8)}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (options.maxBytes !== undefined && bytes > options.maxBytes)
        return done(new AppError('TOO_LARGE'));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const input =
    source instanceof Readable
      ? source
      : Readable.from(source as AsyncIterable<Uint8Array | string>, { objectMode: false });
  try {
    await pipeline(input, meter, createWriteStream(temporary, { flags: 'wx', mode: 0o600 }), {
      signal: options.signal,
    });
    const handle = await open(temporary, 'r+');
    await handle.sync();
    await handle.close();
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new AppError('UNAVAILABLE', 'errors.diskFull');
    throw error;
  }
  return { key, bytes, sha256: hash.digest('hex') };
}

/** Reads a stored file, wholly or from `start` to `end` (both inclusive, bytes). */
export function readFileStream(key: string, range?: { start: number; end: number }): Readable {
  return createReadStream(filePath(key), range);
}

/** Size in bytes. Throws when the file is not there. */
export async function fileSize(key: string): Promise<number> {
  return (await stat(filePath(key))).size;
}

/** A part that nobody has written to for this long belongs to a process that was killed, in milliseconds. */
const LEFT_PART_MS = 24 * 60 * 60 * 1_000;

/**
 * Removes what killed processes left of files that they were writing; returns how many. Whole
 * files are never touched.
 */
export async function removeLeftParts(now = Date.now()): Promise<number> {
  const folder = dataPath('files');
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  let removed = 0;
  for (const name of names.filter((candidate) => candidate.endsWith('.part'))) {
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (!found || now - found.mtimeMs < LEFT_PART_MS) continue;
    await rm(file, { force: true });
    removed += 1;
  }
  return removed;
}

export async function deleteFile(key: string): Promise<void> {
  await rm(filePath(key), { force: true });
}

/** Removes files and folders by their names in a folder; what is not there is no error. */
export async function removeNamed(folder: string, names: readonly string[]): Promise<void> {
  // Else the build takes every file of the project for one of these.
  for (const name of names)
    await rm(path.join(/* turbopackIgnore: true */ folder, name), { recursive: true, force: true });
}
