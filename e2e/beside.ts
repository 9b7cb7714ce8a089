import { execFile } from 'node:child_process';
import { join, parse } from 'node:path';
import { promisify } from 'node:util';
import { bundleOptions } from '../bin/build.mjs';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';

/**
 * Runs a program that is made of the app's own code beside a running installation, whose
 * environment `env` is. Gives the JSON of its last line.
 */
export async function runBeside(
  source: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): Promise<unknown> {
  const { build } = await import('esbuild');
  const folder = join(root, 'dist/e2e');
  await build({ ...bundleOptions(), entryPoints: [source], outdir: folder });
  const program = join(folder, `${parse(source).name}.mjs`);
  const { stdout } = await promisify(execFile)(projectNode(), [program, ...args], { env });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
