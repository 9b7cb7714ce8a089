// What an installation writes. Everything counts as a log, except what is listed here as data.
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../bin/start/paths.mjs';

export type Place = {
  /** How the place is called in what is told. */
  name: string;
  folder: string;
  /** What there is data, by the path below the folder; a folder's ends in a slash. */
  data: readonly Data[];
  /** Only what was changed since, in milliseconds of the clock; everything by default. */
  since?: number;
};
type Data = { path: RegExp; because: string };

/** Below DATA_DIR. */
export const dataOfInstallation: readonly Data[] = [
  { path: /^files\/imports\/[^/]+$/, because: 'files that people uploaded, as they are' },
  { path: /^files\/exports\/[^/]+$/, because: 'training files, for download' },
  { path: /^files\/manifests\/[^/]+$/, because: 'manifests of training files, for download' },
  { path: /^files\/adapters\/[^/]+$/, because: 'models, with a card that names their release' },
  {
    path: /^runs\/.*\/(train|validation|held-out)\.jsonl$/,
    because: 'what a run, or a part of one for a learning curve, trains on and is judged on',
  },
  { path: /^runs\/.*\/(adapter|checkpoints)\/$/, because: 'models' },
  {
    path: /^runs\/[^/]+\/evaluation\/(answers\.jsonl|summary\.json)$/,
    because: 'answers of models, kept so that an evaluation can go on',
  },
  {
    path: /^(runs\/[^/]+\/(regression|asked-again)|proofs\/[^/]+)\/(rows\.jsonl|answers\.jsonl|out\.json)$/,
    because: 'prompts and answers while they are made',
  },
  { path: /^secrets\.json$/, because: 'the keys of the installation, for its owner alone' },
  { path: /^trainer\/(venv|models)\/$/, because: 'programs and base models that others made' },
  { path: /^postgres\/18\/(base|global|pg_wal)\/$/, because: 'the database itself' },
];

/** Below the home of an embedded PostgreSQL that does not lie in DATA_DIR. */
export const dataOfPostgres: readonly Data[] = [
  { path: /^18\/(base|global|pg_wal)\/$/, because: 'the database itself' },
];

export const isData = (path: string, data: readonly Data[]): boolean =>
  data.some((one) => one.path.test(path));

/** Files below a folder that are no data, links followed, each once. */
function* filesBelow(
  place: Place,
  folder = place.folder,
  seen = new Set<string>(),
): Generator<string> {
  const real = realpathSync(folder);
  if (seen.has(real)) return;
  seen.add(real);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const found = statSync(path, { throwIfNoEntry: false });
    const below = relative(place.folder, path);
    if (!found || isData(found.isDirectory() ? `${below}/` : below, place.data)) continue;
    if (found.isDirectory()) yield* filesBelow(place, path, seen);
    else if (found.isFile() && found.mtimeMs >= (place.since ?? 0)) yield path;
  }
}

/** Every file of a place that counts as a log: where it lies and how it is called. */
export const logsOf = (place: Place): { path: string; name: string }[] =>
  existsSync(place.folder)
    ? [...filesBelow(place)].map((path) => ({
        path,
        name: `${place.name}/${relative(place.folder, path)}`,
      }))
    : [];

/** No folder is looked into; what a crash leaves lies beside the programs. */
const noFolders = { path: /\/$/, because: 'of the checkout, not of the installation' };

/** Every place that an installation writes to. */
export function placesOf(of: {
  dataDir: string;
  temporary: string;
  startedAt: number;
  /** When it served: what a start builds before that is made of the sources alone. */
  readyAt: number;
  /** Where the programs lie. */
  checkout?: string;
}): Place[] {
  const { checkout = root } = of;
  const record = join(of.dataDir, 'postgres.path');
  const postgres = existsSync(record) ? readFileSync(record, 'utf8').trim() : null;
  const since = of.startedAt;
  return [
    { name: 'DATA_DIR', folder: of.dataDir, data: dataOfInstallation },
    ...(postgres ? [{ name: 'PostgreSQL', folder: postgres, data: dataOfPostgres }] : []),
    { name: 'temporary files', folder: of.temporary, data: [] },
    // Working folders of the programs: reports and cores of crashes, and what Next keeps.
    { name: 'checkout', folder: checkout, data: [noFolders], since },
    { name: 'trainer', folder: join(checkout, 'trainer'), data: [noFolders], since },
    { name: '.next', folder: join(checkout, '.next'), data: [], since: of.readyAt },
  ];
}
