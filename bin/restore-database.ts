import { requireEmptyDataFolder, restoreFiles, restoreTables } from '@/lib/backup/backup-restore';
import { BackupFault, checkBackup, readBackup } from '@/lib/backup/backup-sums';

/**
 * The two halves of bin/restore.mjs, which starts the database between them:
 * `files BACKUP DATA_DIR` checks the backup and lays its files down,
 * `tables BACKUP` fills the database of DATABASE_DIRECT_URL.
 */
const [half, folder = '', dataDir = ''] = process.argv.slice(2);
try {
  const backup = await readBackup(folder);
  if (half === 'files') {
    await requireEmptyDataFolder(dataDir);
    await checkBackup(folder, backup);
    await restoreFiles(folder, backup, dataDir);
  } else {
    await restoreTables(folder, backup, process.env.DATABASE_DIRECT_URL ?? '');
    console.log(`Restored the installation as of ${backup.takenAt}.`);
  }
} catch (error) {
  if (!(error instanceof BackupFault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
