// A fuzzer that reads the OpenAPI document and asks what it allows and what it does not: schemathesis.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
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
export type Fuzzed = {
  isClean: boolean;
  output: string;
  cases: number;
  /** How often each operation, `GET /api/v1/datasets`, gave what it was asked for. */
  accepted: Map<string, number>;
};

/** What is read of the fuzzer's report: per operation and phase, the cases that were answered 2xx. */
const reportSchema = z.object({
  valid_rates: z.record(z.string(), z.record(z.string(), z.object({ accepted: z.int() }))),
});

function readAccepted(report: string): Fuzzed['accepted'] {
  if (!existsSync(report)) return new Map();
  const { valid_rates } = reportSchema.parse(JSON.parse(readFileSync(report, 'utf8')));
  return new Map(
    Object.entries(valid_rates).map(([operation, phases]) => [
      operation,
      Object.values(phases).reduce((sum, { accepted }) => sum + accepted, 0),
    ]),
  );
}

const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
];

type Asked = {
  url: string;
  token: string;
  /** Rows that are there, by the names of the parameters in an address. */
  ids: Record<string, string>;
  /** The same for fields of bodies; every other time the fuzzer makes up its own. */
  bodyIds: Record<string, string>;
  examples: number;
};

/** What the fuzzer is to know beside the document, in its own configuration file. */
function configOf({ ids, bodyIds }: Asked): string {
  const bodies = Object.keys(bodyIds).map(
    (name) => `"body.${name}" = { dictionary = "${name}", probability = 0.5 }`,
  );
  return [
    '[parameters]',
    ...Object.entries(ids).map(([name, id]) => `"path.${name}" = "${id}"`),
    ...bodies,
    ...Object.entries(bodyIds).map(([name, id]) => `[dictionaries.${name}]\nvalues = ["${id}"]`),
    '[checks]',
    // 503 is the honest answer while the trainer is not prepared, and the document names it.
    'not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]',
    '',
  ].join('\n');
}

/** Asks every operation but streams, which do not end. */
export async function fuzz(program: string, asked: Asked): Promise<Fuzzed> {
  const folder = mkdtempSync(join(tmpdir(), 'apprentice-fuzz-'));
  const config = join(folder, 'schemathesis.toml');
  const report = join(folder, 'report.json');
  writeFileSync(config, configOf(asked));
  const options = [
    ...['--config-file', config, '--no-color', 'run', `${asked.url}/api/openapi.json`],
    ...['-H', `Authorization: Bearer ${asked.token}`],
    ...['--phases', 'examples,coverage,fuzzing', '--checks', checks.join(',')],
    ...['--max-examples', String(asked.examples), '--continue-on-failure'],
    // A token may ask 600 times a minute; past that every answer would be 429.
    ...['--rate-limit', '560/m', '--suppress-health-check', 'all', '--request-timeout', '30'],
    ...['--exclude-operation-id', 'streamRun'],
    ...['--report', 'json', '--report-json-path', report],
  ];
  const settle = ({ stdout = '' }: { stdout?: string }, isClean: boolean) => ({
    isClean,
    output: stdout,
    cases: Number(/(\d+) generated/.exec(stdout)?.[1] ?? 0),
    accepted: readAccepted(report),
  });
  try {
    return settle(await run(program, options, { cwd: folder, maxBuffer: 50_000_000 }), true);
  } catch (error) {
    return settle(error as { stdout?: string }, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
