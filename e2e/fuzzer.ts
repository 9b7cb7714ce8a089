// A fuzzer that reads the OpenAPI document and asks what it allows and what it does not: schemathesis.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { dataDirectory } from '../bin/start/paths.mjs';

const run = promisify(execFile);
const version = '4.32.5';

/** Installs the fuzzer beside the project's other tools, once; gives its program. */
export async function installFuzzer(): Promise<string> {
  const venv = join(dataDirectory({ ...process.env, DATA_DIR: '' }), 'fuzzer', version);
  const program = join(venv, 'bin/schemathesis');
  if (existsSync(program)) return program;
  rmSync(venv, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', venv]);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(join(venv, 'bin/python'), [...pip, `schemathesis==${version}`]);
  return program;
}

/** What a run of the fuzzer said, and whether it found anything wrong. */
export type Fuzzed = { isClean: boolean; output: string; cases: number };

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];

/** Asks every operation but streams, which do not end; `ids` name rows that are there. */
export async function fuzz(
  program: string,
  asked: { url: string; token: string; ids: Record<string, string>; examples: number },
): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-fuzz-'));
  const config = join(folder, 'schemathesis.toml');
  const named = Object.entries(asked.ids).map(([name, id]) => `"path.${name}" = "${id}"`);
  // 503 is the honest answer while the trainer is not prepared, and the document names it.
  const allowed = 'not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]';
  writeFileSync(config, `[parameters]\n${named.join('\n')}\n\n[checks]\n${allowed}\n`);
  const options = [
    ...['--config-file', config, '--no-color', 'run', `${asked.url}/api/openapi.json`],
    ...['-H', `Authorization: Bearer ${asked.token}`],
    ...['--phases', 'examples,coverage,fuzzing', '--checks', checks.join(',')],
    ...['--max-examples', String(asked.examples), '--continue-on-failure'],
    // A token may ask 600 times a minute; past that every answer would be 429.
    ...['--rate-limit', '560/m', '--suppress-health-check', 'all', '--request-timeout', '30'],
    ...['--exclude-operation-id', 'streamRun'],
  ];
  const settle = ({ stdout = '' }: { stdout?: string }, isClean: boolean) => ({
    isClean,
    output: stdout,
    cases: Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0),
  });
  try {
    return settle(await run(program, options, { cwd: folder, maxBuffer: 50_000_000 }), true);
  } catch (error) {
    return settle(error as { stdout?: string }, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
