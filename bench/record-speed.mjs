// What the record costs a write: fifty people save a text at once, in turns without an entry, with
// one, and with one while the sealer runs beside. Turns alternate in one run on one durable cluster.
// Fails past 1.25 times the unrecorded write, below 1,000 recorded writes a second, or where the chain
// forks or falls behind.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import pg from 'pg';
import { bundleOptions, ensurePrograms } from '../bin/build.mjs';
import { projectNode } from '../bin/start/node.mjs';
import { root } from '../bin/start/paths.mjs';
import { stopCluster } from '../bin/start/postgres.mjs';
import { sleep } from '../bin/start/processes.mjs';
import { migrate, openDatabase } from '../bin/start/services.mjs';
import { makeDataDir, removeDataDir } from '../tests/installation.mjs';

const writers = Number(process.env.BENCH_WRITERS ?? 50);
const rounds = Number(process.env.BENCH_ROUNDS ?? 8);
const savesPerWriter = 20;
const limit = 1.25;
/** Recorded and sealed saves in a second, of all writers together: they do not queue behind each other. */
const fewestPerSecond = 1_000;
const arms = /** @type {const} */ (['unrecorded', 'recorded', 'sealed']);
/** @typedef {typeof arms[number]} Arm */

const reply = 'Thank you for writing. Your parcel left our house today and is on its way. ';

/** A workspace, a dataset and one example for each writer. @param {pg.Pool} pool */
async function makeScene(pool) {
  const [workspace, user, dataset] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `INSERT INTO "User" ("id", "email", "name") VALUES ($1::uuid, $1::text, 'Ada')`,
    [user],
  );
  await pool.query(`INSERT INTO "Workspace" ("id", "slug", "name") VALUES ($1, 'bench', 'Bench')`, [
    workspace,
  ]);
  await pool.query(
    `INSERT INTO "Dataset" ("id", "workspaceId", "name", "splitSeed", "createdById") VALUES ($1, $2, 'Mails', 'ab', $3)`,
    [dataset, workspace, user],
  );
  const examples = Array.from({ length: writers }, () => randomUUID());
  for (const [number, id] of examples.entries())
    await pool.query(
      `INSERT INTO "Example" ("id", "workspaceId", "datasetId", "number", "promptHash", "pairHash", "createdById", "authorId")
       VALUES ($1::uuid, $2, $3, $4, $1::text, $1::text, $5, $5)`,
      [id, workspace, dataset, number + 1, user],
    );
  return { workspace, user, examples };
}

/** One save of a text, statement by statement as the app makes it. @param {pg.Pool} pool @param {{ workspace: string, user: string, example: string, recorded: boolean }} save */
async function saveText(pool, { workspace, user, example, recorded }) {
  const client = await pool.connect();
  const revision = randomUUID();
  await client.query('BEGIN');
  const { rows } = await client.query(
    'SELECT "version" FROM "Example" WHERE "id" = $1 FOR NO KEY UPDATE',
    [example],
  );
  const version = rows[0].version + 1;
  await client.query(
    `INSERT INTO "Revision" ("id", "workspaceId", "exampleId", "ordinal", "content", "contentHash", "authorId", "origin", "promptText", "replyText")
     VALUES ($1::uuid, $2, $3, $4, '{}', $1::text, $5, 'typed', 'Where is my parcel?', $6)`,
    [revision, workspace, example, version, user, `${reply}${revision}`],
  );
  await client.query(
    'UPDATE "Example" SET "currentRevisionId" = $2, "version" = $3, "updatedAt" = now() WHERE "id" = $1',
    [example, revision, version],
  );
  if (recorded)
    await client.query(
      `INSERT INTO "AuditEvent" ("workspaceId", "actorId", "via", "action", "subjectType", "subjectId", "data")
       VALUES ($1, $2, 'session', 'example.revised', 'example', $3, $4)`,
      [workspace, user, example, JSON.stringify({ revisionId: revision, version })],
    );
  await client.query('COMMIT');
  client.release();
}

/** The worker's sealing as a process of its own, bundled from the source. @param {string} folder @param {Record<string, string>} env */
async function startSealer(folder, env) {
  const file = join(folder, 'sealer.mjs');
  await build({
    ...bundleOptions(),
    entryPoints: undefined,
    outdir: undefined,
    outfile: file,
    stdin: {
      resolveDir: root,
      contents: `import { startSealing } from '@/lib/audit/sealing';
        const { stop } = startSealing();
        process.on('message', async () => { await stop(); process.exit(0); });
        process.send('ready');`,
    },
  });
  const child = fork(file, { execPath: projectNode(), env: { ...process.env, ...env } });
  await new Promise((done) => child.once('message', done));
  return {
    pause: () => child.kill('SIGSTOP'),
    goOn: () => child.kill('SIGCONT'),
    stop: () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.send('stop');
      return ended;
    },
  };
}

/** @param {number[]} values @param {number} share */
const quantile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;

/** @param {pg.Pool} pool */
async function unsealed(pool) {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count FROM "AuditEvent" e
     WHERE NOT EXISTS (SELECT 1 FROM "AuditSeal" s WHERE s."eventId" = e."id")`,
  );
  return rows[0].count;
}

/** One turn: every writer saves some times, one after the other. @param {pg.Pool} pool @param {Awaited<ReturnType<typeof makeScene>>} scene @param {Arm} arm */
async function turn(pool, scene, arm) {
  /** @type {number[]} */
  const times = [];
  const began = performance.now();
  await Promise.all(
    scene.examples.map(async (example) => {
      for (let n = 0; n < savesPerWriter; n += 1) {
        const start = performance.now();
        await saveText(pool, { ...scene, example, recorded: arm !== 'unrecorded' });
        times.push(performance.now() - start);
      }
    }),
  );
  return { times, seconds: (performance.now() - began) / 1_000 };
}

await ensurePrograms();
const dataDir = makeDataDir('bench');
/** @type {import('../bin/start/postgres.mjs').Cluster | undefined} */
let cluster;
try {
  const env = { ...process.env, DATABASE_URL: '', DATABASE_DIRECT_URL: '' };
  const database = await openDatabase(dataDir, env, (started) => {
    cluster = started;
  });
  await migrate(projectNode(), database.directUrl);
  const pool = new pg.Pool({ connectionString: database.databaseUrl, max: writers });
  const scene = await makeScene(pool);
  const sealer = await startSealer(dataDir, {
    DATABASE_URL: database.databaseUrl,
    DATA_DIR: dataDir,
    NEXTAUTH_SECRET: database.secrets.NEXTAUTH_SECRET,
    SIGNING_KEY: database.secrets.SIGNING_KEY,
    LOG_LEVEL: 'warn',
  });
  sealer.pause();
  /** @type {Record<Arm, { times: number[], seconds: number, lag: number[] }>} */
  const results = {
    unrecorded: { times: [], seconds: 0, lag: [] },
    recorded: { times: [], seconds: 0, lag: [] },
    sealed: { times: [], seconds: 0, lag: [] },
  };
  for (let round = -1; round < rounds; round += 1) {
    // The order turns too, so that what grows or warms up favours nobody. Round -1 only warms up.
    const order = [...arms.slice((round + 3) % 3), ...arms.slice(0, (round + 3) % 3)];
    for (const arm of order) {
      if (arm === 'sealed') sealer.goOn();
      const { times, seconds } = await turn(pool, scene, arm);
      if (arm === 'sealed') {
        const ended = performance.now();
        while ((await unsealed(pool)) > 0) await sleep(50);
        if (round >= 0) results.sealed.lag.push(performance.now() - ended);
        sealer.pause();
      }
      if (round < 0) continue;
      results[arm].times.push(...times);
      results[arm].seconds += seconds;
    }
  }
  sealer.goOn();
  await sealer.stop();
  const saves = rounds * writers * savesPerWriter;
  console.table(
    arms.map((arm) => ({
      arm,
      'p50 ms': Math.round(quantile(results[arm].times, 0.5) * 10) / 10,
      'p95 ms': Math.round(quantile(results[arm].times, 0.95) * 10) / 10,
      'saves/s': Math.round(saves / results[arm].seconds),
    })),
  );
  const { rows } = await pool.query(
    'SELECT count(*)::int AS seals, max("sequence") AS last FROM "AuditSeal"',
  );
  await pool.end();
  const p50 = (/** @type {Arm} */ arm) => quantile(results[arm].times, 0.5);
  const ratio = p50('sealed') / p50('unrecorded');
  const perSecond = saves / results.sealed.seconds;
  console.log(
    `With an entry and its seal a save takes ${ratio.toFixed(2)} times the unrecorded one (limit ${limit}).`,
  );
  console.log(
    `${Math.round(perSecond)} entries a second with ${writers} writers and the sealer (at least ${fewestPerSecond}).`,
  );
  console.log(
    `The seal alone: ${(p50('sealed') / p50('recorded')).toFixed(2)} times the recorded one.`,
  );
  console.log(
    `All sealed ${Math.round(quantile(results.sealed.lag, 0.5))} ms after the last save (median).`,
  );
  console.log(`${rows[0].seals} seals, the last is number ${rows[0].last}.`);
  const isWhole = rows[0].seals === rows[0].last;
  if (ratio > limit || perSecond < fewestPerSecond || !isWhole) process.exitCode = 1;
} finally {
  if (cluster) await stopCluster(cluster);
  removeDataDir(dataDir);
}
