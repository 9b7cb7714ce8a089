import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));
const excluded = [
  'node_modules/**',
  '.next/**',
  '.data/**',
  'dist/**',
  'e2e/**',
  'test-results/**',
  'trainer/**',
];

const shared = {
  environment: 'node' as const,
  restoreMocks: true,
};

const alias = [
  // The package throws outside a server bundle; what it guards is guarded by the build.
  { find: /^server-only$/, replacement: `${root}tests/server-only.ts` },
  { find: /^@\//, replacement: root },
];

export default defineConfig({
  resolve: { alias },
  test: {
    // Two cores: more workers only wait for each other.
    maxWorkers: 2,
    projects: [
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...excluded, '**/*.{db,fault,start,training}.test.ts'],
          setupFiles: ['tests/environment.ts'],
          testTimeout: 60_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'database',
          include: ['**/*.db.test.ts'],
          exclude: excluded,
          setupFiles: ['tests/environment.ts', 'tests/setup-database.ts'],
          // Ends a test that hangs; a busy machine takes half a minute for the longest.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          // What takes minutes: kills, crowds and random histories, on a database like the others.
          name: 'faults',
          include: ['**/*.fault.test.ts'],
          exclude: excluded,
          setupFiles: ['tests/environment.ts', 'tests/setup-database.ts'],
          testTimeout: 600_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          // A real fine-tune needs the machine for itself.
          name: 'training',
          include: ['**/*.training.test.ts'],
          exclude: excluded,
          setupFiles: ['tests/environment.ts', 'tests/setup-database.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 400_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        resolve: { alias },
        test: {
          ...shared,
          name: 'start',
          include: ['bin/**/*.start.test.ts'],
          exclude: excluded,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
