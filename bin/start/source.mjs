import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

// What no build reads.
const skippedFolders = new Set([
  '.ci',
  '.data',
  '.git',
  '.next',
  '.screenshots',
  '.venv',
  '__pycache__',
  'bench',
  'dist',
  'docs',
  'e2e',
  'node_modules',
  'playwright-report',
  'prisma/generated',
  'prisma/migrations',
  'test-results',
  'tests',
  'trainer',
]);
const skippedFiles = /\.(test\.ts|md|tsbuildinfo)$|^next-env\.d\.ts$|^vitest\.config\.ts$/;

/** @param {string} folder @returns {string[]} */
function filesUnder(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) return skippedFolders.has(path) ? [] : filesUnder(path);
      return entry.isFile() && !skippedFiles.test(entry.name) ? [path] : [];
    })
    .sort();
}

// What the programs of bin/ are made of, and what the web app is not.
const ofPrograms =
  /^(bin\/build\.mjs$|bin\/(?!test\/|[a-z-]+\.mjs$)|lib\/|messages\/|prisma\/|package-lock\.json$|tsconfig\.json$)/;
const notOfWeb = /^bin\//;

/**
 * A hash over every file that a build reads: the same hash, the same build.
 * @param {'bundle' | 'web'} kind
 */
export function sourceHash(kind) {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const path of filesUnder('')) {
    if (kind === 'web' ? notOfWeb.test(path) : !ofPrograms.test(path)) continue;
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}
