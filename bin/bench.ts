import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';

/** npm run bench [-- NAME …]: runs the benches of bench/, all or those named; fails when one does. */
const folder = path.resolve('bench');
const programs = readdirSync(folder).filter((name) => /-(memory|speed)\.mjs$/.test(name));
const wanted = process.argv.slice(2);

for (const program of programs.sort()) {
  if (wanted.length > 0 && !wanted.includes(path.parse(program).name)) continue;
  console.log(`\n${program}`);
  const child = spawn(process.execPath, [path.join(folder, program)], { stdio: 'inherit' });
  const code = await new Promise<number>((done) =>
    child.once('exit', (status) => done(status ?? 1)),
  );
  if (code !== 0) process.exitCode = code;
}
