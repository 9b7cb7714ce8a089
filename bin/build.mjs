// `npm run build`: the Prisma client, the programs of bin/ as single files, the web app.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, parse } from 'node:path';
import { pathToFileURL } from 'node:url';
import { meansDiskFull, requireSpace } from './start/disk.mjs';
import { faults, StartFault } from './start/fault.mjs';
import { endJobs, runJob } from './start/jobs.mjs';
import { projectNode, underProjectNode } from './start/node.mjs';
import { root } from './start/paths.mjs';
import { say } from './start/progress.mjs';
import { sourceHash } from './start/source.mjs';

const dist = join(root, 'dist');
const neededBytes = 600_000_000;

/** @param {'bundle' | 'web'} kind */
const stampFile = (kind) => join(dist, `${kind}.stamp`);

/** @param {'bundle' | 'web'} kind */
const isFresh = (kind) =>
  existsSync(stampFile(kind)) && readFileSync(stampFile(kind), 'utf8') === sourceHash(kind);

/** Whether web app and programs are built from the present source. */
export const isBuilt = () => isFresh('bundle') && isFresh('web');

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} [extra] @param {(line: string) => void} [onLine] */
async function run(program, args, extra = {}, onLine) {
  const { code, output, errors } = await runJob(projectNode(), [program, ...args], {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...extra },
    onLine,
  });
  if (code === 0) return;
  throw buildFault(`${output}\n${errors}`);
}

/** @param {string} text what the tools printed */
function buildFault(text) {
  if (meansDiskFull(text)) return faults.diskFullNow(root);
  writeFileSync(join(dist, 'build.log'), text);
  return faults.buildFailed(text.trim().split('\n').slice(-30).join('\n'), 'dist/build.log');
}

/** Generates the Prisma client. It needs no engine, but refuses to start without a file named as one. */
export const generateClient = () => {
  mkdirSync(dist, { recursive: true });
  return run(join(root, 'node_modules/prisma/build/index.js'), ['generate'], {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  });
};

/** Options of every bundle: server code as the web server sees it, packages left in node_modules. */
export function bundleOptions() {
  const entries = readdirSync(join(root, 'bin')).filter((name) => /^[a-z-]+\.ts$/.test(name));
  return /** @type {import('esbuild').BuildOptions} */ ({
    absWorkingDir: root,
    entryPoints: entries.map((name) => ({ in: `bin/${name}`, out: parse(name).name })),
    outdir: dist,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    conditions: ['react-server'],
    packages: 'external',
    alias: { '@': root },
    sourcemap: true,
    logLevel: 'silent',
    plugins: [serverPackages],
  });
}

/** @type {import('esbuild').Plugin} */
const serverPackages = {
  name: 'server-packages',
  setup(build) {
    // Its only content is to throw outside a server bundle, and this is one.
    build.onResolve({ filter: /^server-only$/ }, () => ({
      path: 'server-only',
      namespace: 'empty',
    }));
    build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: '' }));
    // next has no exports map, so outside its own bundler the file has to be named in full.
    build.onResolve({ filter: /^next\/[a-z-]+$/ }, ({ path }) => ({
      path: `${path}.js`,
      external: true,
    }));
  },
};

export async function bundlePrograms() {
  const { build } = await import('esbuild');
  await build(bundleOptions()).catch((error) => {
    throw buildFault(String(error.message));
  });
}

/** @param {(line: string) => void} onLine */
async function buildWeb(onLine) {
  await run(
    join(root, 'node_modules/next/dist/bin/next'),
    ['build'],
    { NODE_ENV: 'production' },
    onLine,
  );
}

function copyStatic() {
  const standalone = join(root, '.next/standalone');
  cpSync(join(root, '.next/static'), join(standalone, '.next/static'), { recursive: true });
  if (existsSync(join(root, 'public'))) {
    cpSync(join(root, 'public'), join(standalone, 'public'), { recursive: true });
  }
}

/** Bundles the programs if they are older than the source. */
export async function ensurePrograms() {
  if (isFresh('bundle')) return;
  const hash = sourceHash('bundle');
  mkdirSync(dist, { recursive: true });
  rmSync(stampFile('bundle'), { force: true });
  await generateClient();
  await bundlePrograms();
  writeFileSync(stampFile('bundle'), hash);
}

/** Builds everything; a stamp of the source is written last, so a broken build is made again. */
export async function build({
  onStage = say,
  onLine = (/** @type {string} */ line) => say(`      ${line}`),
} = {}) {
  requireSpace(root, neededBytes, 'building the app');
  const hash = sourceHash('web');
  mkdirSync(dist, { recursive: true });
  rmSync(stampFile('web'), { force: true });
  /** @type {[string, () => unknown][]} */
  const stages = [
    ['database client, worker and programs', ensurePrograms],
    ['web app', () => buildWeb(onLine)],
    ['static files', copyStatic],
  ];
  for (const [index, [name, stage]] of stages.entries()) {
    onStage(`Building ${index + 1} of ${stages.length}: ${name}`);
    await stage();
  }
  writeFileSync(stampFile('web'), hash);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => void endJobs().then(() => process.exit(130)));
  }
  try {
    const passedOn = await underProjectNode(process.argv[1], process.argv.slice(2));
    if (passedOn === undefined) await build();
    process.exitCode = passedOn ?? 0;
  } catch (error) {
    console.error(error instanceof StartFault ? error.message : error);
    process.exitCode = 1;
  }
}
