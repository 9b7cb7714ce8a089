import { z } from 'zod';

/** Numbers of an entry that say something to a person; each has a text in messages/en/audit.json. */
export const detailNumbers = [
  'number',
  'version',
  'rows',
  'fresh',
  'duplicates',
  'bad',
  'binned',
  'kept',
  'selected',
  'examples',
  'releases',
  'files',
  'models',
  'matches',
  'heldOutRows',
  'checked',
  'count',
  'tries',
  'entries',
  'rules',
  'tokens',
  'seconds',
  'bytes',
] as const;

/** Enum values of an entry that say something. */
const detailWords = ['role', 'method', 'part', 'format', 'state', 'kind', 'outcome'] as const;

/** What stands small beside an entry's sentence. */
export type Detail =
  | { kind: 'number'; key: (typeof detailNumbers)[number]; value: number }
  | { kind: 'change'; from: string; to: string }
  | { kind: 'word'; value: string };

const dataSchema = z.record(z.string(), z.unknown()).catch({});

/** Reads the details of an entry's data: counts and enum values. Ids are for the export. */
export function readDetails(value: unknown): Detail[] {
  const data = dataSchema.parse(value);
  const details: Detail[] = [];
  if (typeof data.from === 'string' && typeof data.to === 'string')
    details.push({ kind: 'change', from: data.from, to: data.to });
  for (const key of detailWords) {
    const word = data[key];
    if (typeof word === 'string') details.push({ kind: 'word', value: word });
  }
  for (const key of detailNumbers) {
    const number = data[key];
    if (typeof number === 'number') details.push({ kind: 'number', key, value: number });
  }
  return details;
}
