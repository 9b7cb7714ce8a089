// The built web server on this test file's database, started and killed as often as a test likes.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '@/bin/start/paths.mjs';
import { freePort } from '@/bin/start/postgres.mjs';
import { sleep } from '@/bin/start/processes.mjs';

/** Longest time for the server to answer after its start, in milliseconds; a busy machine is slow. */
const START_MS = 60_000;

export async function webServer() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  let errors = '';

  async function start(): Promise<void> {
    child = spawn(process.execPath, [join(root, 'bin/web.mjs')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        APP_URL: url,
        NEXTAUTH_URL: url,
        HOSTNAME: '127.0.0.1',
        PORT: String(port),
      },
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      errors = (errors + chunk).slice(-4_000);
    });
    const deadline = Date.now() + START_MS;
    while (!(await fetch(`${url}/api/session`).catch(() => null))) {
      if (Date.now() > deadline || child.exitCode !== null)
        throw new Error(`The web server does not answer: ${errors}`);
      await sleep(20);
    }
  }

  return {
    url,
    start,
    /** kill -9, and waits until it is gone. */
    async kill(): Promise<void> {
      const dying = child;
      if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
      const gone = new Promise((done) => dying.once('exit', done));
      dying.kill('SIGKILL');
      await gone;
    },
  };
}
