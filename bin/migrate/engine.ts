import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

type Engine = typeof import('@prisma/schema-engine-wasm');

let loaded: Promise<Engine> | undefined;

/** One instance per process: a second one would pull the first one's memory from under it. */
function engineModule(): Promise<Engine> {
  loaded ??= loadEngine();
  return loaded;
}

/** Loads the engine by hand: importing `.wasm` as a module does not work on every Node. */
async function loadEngine(): Promise<Engine> {
  const file = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = readFileSync(join(dirname(file), 'schema_engine_bg.wasm'));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(wasm), {
    './schema_engine_bg.js': engine as unknown as WebAssembly.ModuleImports,
  });
  // Both are exports of the generated glue code that its type declarations leave out.
  (engine as unknown as { __wbg_set_wasm: (wasm: unknown) => void }).__wbg_set_wasm(
    instance.exports,
  );
  (instance.exports as { __wbindgen_start: () => void }).__wbindgen_start();
  return engine;
}

/**
 * The adapter's own `executeScript` splits at every semicolon, which breaks function bodies and
 * leaves half a migration applied. Here a script goes as one simple query, so PostgreSQL runs it as
 * one transaction; `mark` appends the statement that records success to the same transaction, so
 * that there is no moment at which a migration is applied and not recorded.
 */
function wholeScripts(
  pool: pg.Pool,
  mark: (script: string) => string,
): SqlMigrationAwareDriverAdapterFactory {
  const factory = new PrismaPg(pool);
  const whole = (adapter: SqlDriverAdapter): SqlDriverAdapter =>
    new Proxy(adapter, {
      get(target, name) {
        if (name === 'executeScript') {
          return async (script: string) => {
            await pool.query(`${script}\n${mark(script)}`);
          };
        }
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => whole(await factory.connect()),
    connectToShadowDb: async () => whole(await factory.connectToShadowDb()),
  };
}

/** Runs work with an engine on a database and gives both back afterwards. */
export async function withEngine<T>(
  connectionString: string,
  work: (engine: SchemaEngine) => Promise<T>,
  mark: (script: string) => string = () => '',
): Promise<T> {
  const { SchemaEngine } = await engineModule();
  const pool = new pg.Pool({ connectionString, max: 1 });
  // A connection that dies while idle is reported by the statement that needs it next.
  pool.on('error', () => {});
  const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(pool, mark));
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } catch (error) {
    // The engine hands back only a number for what the driver threw.
    const id = /External error id#(\d+)/.exec(String(error))?.[1];
    throw (id && adapter.errorRegistry.consumeError(Number(id))?.error) || error;
  } finally {
    await pool.end();
  }
}

/** The SQL that leads from one schema to the other; touches no database. */
export function diffSchemas(from: string, to: string): Promise<string> {
  const target = (content: string) =>
    content.trim() === ''
      ? { tag: 'empty' }
      : { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] };
  return withEngine('postgresql://127.0.0.1:1/none', async (engine) => {
    // The declared type leaves the members of DiffTarget out.
    const parameters = {
      from: target(from),
      to: target(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    } as unknown as Parameters<SchemaEngine['diff']>[0];
    return (await engine.diff(parameters)).stdout ?? '';
  });
}
