import { resolve } from 'node:path';
import { BackupFault } from '@/lib/backup/backup-sums';
import { writeBackup } from '@/lib/backup/backup-write';
import { disconnect } from '@/lib/db';

/** npm run backup -- FOLDER: everything of this installation, while it runs, into a new folder. */
const [folder, ...more] = process.argv.slice(2);
if (!folder || more.length > 0) {
  console.error('Use: npm run backup -- FOLDER');
  process.exit(2);
}

try {
  const backup = await writeBackup(resolve(process.env.INIT_CWD ?? process.cwd(), folder));
  const bytes = backup.files.reduce((sum, file) => sum + file.bytes, 0);
  const rows = backup.tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(
    `Wrote ${rows} rows and ${backup.files.length} files, ${Math.ceil(bytes / 1_000_000)} MB, as of ${backup.takenAt}.`,
  );
  console.log(
    'The folder holds the secrets of this installation: keep it where nobody else reads.',
  );
} catch (error) {
  if (!(error instanceof BackupFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await disconnect();
}
