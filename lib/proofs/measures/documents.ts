import {
  compareFields,
  countOutcomes,
  type FieldOutcome,
  type FieldResult,
  type FieldsQuestion,
} from '@/lib/proofs/measures/fields';

/** The fields of one reply, compared once. */
export type DocumentReading = {
  /** The reply can be read field by field. */
  isReadable: boolean;
  /** Every expected field right and none invented. */
  isWhole: boolean;
  /** By the name of the field; a list has a result for each of its places. */
  byField: ReadonlyMap<string, readonly FieldResult[]>;
};

export function readDocument(question: FieldsQuestion): DocumentReading {
  const { isValidJson, isWholeExact, fields } = compareFields(question);
  const byField = new Map<string, FieldResult[]>();
  for (const result of fields) {
    const known = byField.get(result.field);
    if (known) known.push(result);
    else byField.set(result.field, [result]);
  }
  return { isReadable: isValidJson, isWhole: isWholeExact, byField };
}

/** What became of a field's values, in one reply or in many. */
export type FieldCounts = Record<FieldOutcome, number> & {
  /** Of the right ones: nothing was expected, and nothing was written. */
  empty: number;
  /** Values that were written, and how many of them stand in the prompt. */
  answered: number;
  inSource: number;
};

/**
 * What became of one field in one reply. A field that neither the ideal reply nor the answer has
 * is right: the ledger gets nothing there, as it should, and only so is a value that is invented
 * on some other document out of the same number. What nobody can read cannot be posted, so an
 * answer that is no valid reply misses every field, the empty ones included.
 */
export function countField({ isReadable, byField }: DocumentReading, field: string): FieldCounts {
  const results = byField.get(field) ?? [];
  const nothing = {
    right: 0,
    wrong: 0,
    missed: 0,
    invented: 0,
    empty: 0,
    answered: 0,
    inSource: 0,
  };
  if (!isReadable) return { ...nothing, missed: Math.max(1, results.length) };
  if (results.length === 0) return { ...nothing, right: 1, empty: 1 };
  const written = results.filter((result) => result.answered !== null);
  return {
    ...countOutcomes(results),
    empty: results.filter(({ expected, answered }) => expected === null && answered === null)
      .length,
    answered: written.length,
    inSource: written.filter((result) => result.inSource).length,
  };
}

/** The field is right in every place that it has in the reply. */
export const isFieldRight = ({ wrong, missed, invented }: FieldCounts): boolean =>
  wrong + missed + invented === 0;

/** Values under names that are none of the given ones. */
export function countUnasked({ byField }: DocumentReading, asked: ReadonlySet<string>): number {
  return [...byField]
    .filter(([field]) => !asked.has(field))
    .reduce((sum, [, results]) => sum + countOutcomes(results).invented, 0);
}

export function addFieldCounts(counts: readonly FieldCounts[]): FieldCounts {
  const sum = (key: keyof FieldCounts) => counts.reduce((total, one) => total + one[key], 0);
  return {
    right: sum('right'),
    wrong: sum('wrong'),
    missed: sum('missed'),
    invented: sum('invented'),
    empty: sum('empty'),
    answered: sum('answered'),
    inSource: sum('inSource'),
  };
}
