import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** The description of a backup, written last: a folder without it is no backup. */
export const BACKUP_FILE = 'backup.json';

/** Below the backup's folder, with forward slashes, and never leading out of it. */
const pathSchema = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/)
  .refine((value) => !value.split('/').includes('..'));

/** Whether a file can be part of a backup: all that the app writes can, a stray one may not. */
export const isBackupPath = (value: string): boolean => pathSchema.safeParse(value).success;

const fileSchema = z.object({
  path: pathSchema,
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupEntry = z.infer<typeof fileSchema>;

export const backupSchema = z.object({
  kind: z.literal('apprentice-backup'),
  version: z.literal(1),
  app: z.string(),
  takenAt: z.iso.datetime(),
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int().nonnegative() }),
  ),
  files: z.array(fileSchema),
});
export type Backup = z.infer<typeof backupSchema>;

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** Size and hash of a file below the folder. */
export async function describeFile(folder: string, relative: string): Promise<BackupEntry> {
  const file = path.join(folder, relative);
  return { path: relative, bytes: (await stat(file)).size, sha256: await sha256OfFile(file) };
}

/** A backup that cannot be used, in words for the terminal. */
export class BackupFault extends Error {}

/** Reads a backup's description. Throws BackupFault. */
export async function readBackup(folder: string): Promise<Backup> {
  const text = await readFile(path.join(folder, BACKUP_FILE), 'utf8').catch(() => {
    throw new BackupFault(`${folder} holds no finished backup: ${BACKUP_FILE} is missing.`);
  });
  const parsed = backupSchema.safeParse(safeJson(text));
  if (!parsed.success)
    throw new BackupFault(`${BACKUP_FILE} of ${folder} is not one that this version reads.`);
  return parsed.data;
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Compares every file of a backup with its hash. Throws BackupFault that names the first that differs. */
export async function checkBackup(folder: string, backup: Backup): Promise<void> {
  for (const entry of backup.files) {
    const found = await describeFile(folder, entry.path).catch(() => null);
    if (!found) throw new BackupFault(`${entry.path} is missing from the backup.`);
    if (found.sha256 !== entry.sha256)
      throw new BackupFault(`${entry.path} of the backup is not what was written: it was changed.`);
  }
}
