// For tests/mutants.mjs: the tests, with one line of the product changed while it is loaded.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));
const change = process.env.TEST_MUTANT
  ? (JSON.parse(process.env.TEST_MUTANT) as { file: string; from: string; to: string })
  : null;

const mutant: Plugin = {
  name: 'mutant',
  enforce: 'pre',
  transform(code, id) {
    if (!change || relative(root, id.split('?')[0] ?? '') !== change.file) return null;
    return code.replace(change.from, () => change.to);
  },
};

export default defineConfig({
  root,
  plugins: [mutant],
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: `${root}tests/server-only.ts` },
      { find: /^@\//, replacement: root },
    ],
  },
  test: {
    environment: 'node',
    // Else a file that was loaded before is taken as it was, without the change.
    fsModuleCache: false,
    restoreMocks: true,
    include: ['lib/**/*.test.ts', 'tests/**/*.test.ts'],
    setupFiles: ['tests/environment.ts', 'tests/setup-database.ts'],
    maxWorkers: 1,
    bail: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
