// `node bin/run.mjs NAME …` runs one of the programs of bin/ under the project's Node, bundled anew
// when it is older than the source, with the settings and the database of this installation.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePrograms } from './build.mjs';
import { installationEnvironment } from './start/environment.mjs';
import { StartFault } from './start/fault.mjs';
import { projectNode } from './start/node.mjs';
import { root } from './start/paths.mjs';

const [name = '', ...args] = process.argv.slice(2);
if (!existsSync(join(root, `bin/${name}.ts`))) {
  console.error(`There is no program bin/${name}.ts.`);
  process.exit(2);
}

try {
  await ensurePrograms();
  const program = join(root, `dist/${name}.mjs`);
  const child = spawn(projectNode(), ['--enable-source-maps', program, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
    env: installationEnvironment(),
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  console.error(error instanceof StartFault ? error.message : error);
  process.exitCode = 1;
}
