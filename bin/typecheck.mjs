// `npm run typecheck`: the generated types (database client, routes) first, then the compiler.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { generateClient } from './build.mjs';
import { projectNode } from './start/node.mjs';
import { root } from './start/paths.mjs';

await generateClient();
const node = projectNode();
/** @param {string} program @param {string[]} args */
const run = (program, args) =>
  spawnSync(node, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
  }).status ?? 1;
process.exitCode =
  run('next/dist/bin/next', ['typegen']) || run('typescript/bin/tsc', ['--noEmit']);
