// Starts the program of job-program.ts, bundled as the worker is, with some of them loaded ahead.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { bundleOptions } from '@/bin/build.mjs';
import { root } from '@/bin/start/paths.mjs';
import type { Delivered, Delivery } from './job-program';

/** How a delivery ended: by itself, or killed. */
export type Outcome = { killed: true } | ({ killed: false } & Delivered);

/** Processes that load while others work; more only wait for the two cores. */
const AHEAD = 2;

const program = path.join(root, 'test-results/faults/job-program.mjs');

async function bundle(): Promise<void> {
  mkdirSync(path.dirname(program), { recursive: true });
  const { entryPoints: _, outdir: __, outExtension: ___, ...options } = bundleOptions();
  await build({
    ...options,
    entryPoints: [path.join(root, 'tests/faults/job-program.ts')],
    outfile: program,
  });
}

function launch(): ChildProcess {
  const child = spawn(process.execPath, ['--conditions=react-server', program], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  // What it is told after its death is lost, as intended.
  child.stdin?.on('error', () => undefined);
  return child;
}

/** Deliveries of jobs, each by a process of its own. */
export async function jobProcesses() {
  await bundle();
  const ready = Array.from({ length: AHEAD }, launch);
  return {
    async deliver(delivery: Delivery): Promise<Outcome> {
      ready.push(launch());
      const child = ready.shift() as ChildProcess;
      let answer: Delivered | undefined;
      const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
      lines.on('line', (line) => {
        if (line.startsWith('{')) answer = JSON.parse(line) as Delivered;
      });
      child.stdin?.write(`${JSON.stringify(delivery)}\n`);
      const signal = await new Promise((done) => child.once('close', (_code, by) => done(by)));
      if (answer) return { killed: false, ...answer };
      if (signal === 'SIGKILL') return { killed: true };
      throw new Error('the program ended without an answer');
    },
    end() {
      for (const child of ready) child.kill('SIGKILL');
    },
  };
}
