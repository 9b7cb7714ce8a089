import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';
import { freePort } from '../bin/start/postgres.mjs';
import { environment } from './company';

/** A cable between a web process and its database that can be cut and mended. */
export type Cable = { url: string; cut: () => void; mend: () => void; close: () => void };

/** Carries every connection to the database of the installation. */
export async function layCable(): Promise<Cable> {
  const target = new URL(environment().DATABASE_URL ?? '');
  let isCut = false;
  const open = new Set<Socket>();
  const server: Server = createServer((near) => {
    open.add(near);
    near.on('error', () => undefined).on('close', () => open.delete(near));
    if (isCut) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    near.pipe(far).pipe(near);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut: () => {
      isCut = true;
      for (const socket of open) socket.destroy();
    },
    mend: () => {
      isCut = false;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

export type Web = { origin: string; output: () => string; stop: () => Promise<void> };

/** One more web process on the same database and secrets, as a second machine would be. */
export async function startWeb(more: { databaseUrl?: string; appUrl?: string } = {}): Promise<Web> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const databaseUrl = more.databaseUrl ?? environment().DATABASE_URL ?? '';
  // Looked through at the end, like everything that the installation writes.
  const cwd = mkdtempSync(join(process.env.E2E_TEMPORARY ?? '', 'web-'));
  const appUrl = more.appUrl ?? origin;
  const child: ChildProcess = spawn(projectNode(), [join(root, 'bin/web.mjs')], {
    cwd,
    env: {
      ...environment(),
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATABASE_DIRECT_URL: databaseUrl,
      APP_URL: appUrl,
      NEXTAUTH_URL: appUrl,
      HOSTNAME: '127.0.0.1',
      PORT: String(port),
      NEXT_TELEMETRY_DISABLED: '1',
      TMPDIR: process.env.E2E_TEMPORARY,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answers = async () =>
    fetch(`http://127.0.0.1:${port}/icon.svg`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect
    .poll(answers, { message: 'the second web process answers', timeout: 60_000 })
    .toBe(true);
  return {
    origin,
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      appendFileSync(join(process.env.E2E_DATA_DIR ?? '', 'logs/second-web.log'), output);
    },
  };
}
