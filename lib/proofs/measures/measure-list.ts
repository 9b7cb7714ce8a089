import { passes } from '@/lib/checks/check-content';
import { indexReplies, isCopy, longestRun } from '@/lib/proofs/measures/copies';
import {
  addFieldCounts,
  countField,
  countUnasked,
  type DocumentReading,
  type FieldCounts,
  isFieldRight,
} from '@/lib/proofs/measures/documents';
import { fieldsOf } from '@/lib/proofs/measures/fields';
import { type LengthSummary, summariseLengths } from '@/lib/proofs/measures/length';
import type { ByMeasuredArm, MeasureContext, Reading } from '@/lib/proofs/measures/readings';
import { countSlots, keepsSlots, type SlotCounts } from '@/lib/proofs/measures/slots';

/** What stands behind a count, added up over the replies of an arm. */
export type MeasureDetail =
  | ({ kind: 'values' } & FieldCounts)
  /** Values under names that no ideal reply and no training reply has. */
  | { kind: 'unasked'; values: number }
  /** Words of the longest run in any answer that also stands in one training reply. */
  | { kind: 'copies'; longestRun: number }
  | ({ kind: 'length' } & LengthSummary)
  | ({ kind: 'slots' } & SlotCounts);

export type Measure = {
  key: string;
  /** Whether a reply does well; null where the question does not arise. */
  good: (reading: Reading) => boolean | null;
  /** Held against the ideal reply, which does well by itself: of that nothing is estimated. */
  isAgainstIdeal?: boolean;
  detail?: (readings: readonly Reading[]) => MeasureDetail;
};

const isAgainstIdeal = true;

/** Everything that is counted of replies, in the order of the table. */
export function measuresOf(
  context: MeasureContext,
  rows: readonly ByMeasuredArm<Reading | null>[],
): Measure[] {
  const trained = indexReplies(context.trainingReplies);
  return [
    { key: 'every', good: ({ findings }) => passes(findings) },
    ...context.rules.map(({ id }) => ({
      key: `rule:${id}`,
      good: ({ findings }: Reading) => findings.every((finding) => finding.ruleId !== id),
    })),
    ...fieldMeasures(context, rows),
    ...(context.slots.length > 0
      ? [
          {
            key: 'slots',
            isAgainstIdeal,
            good: ({ slots }: Reading) => keepsSlots(slots),
            detail: (readings: readonly Reading[]): MeasureDetail => ({
              kind: 'slots',
              ...countSlots(readings.map(({ slots }) => slots)),
            }),
          },
        ]
      : []),
    { key: 'facts', good: ({ hasUngroundedFacts }) => !hasUngroundedFacts },
    {
      key: 'copies',
      good: ({ text }) => !isCopy(text, trained),
      detail: (readings) => ({
        kind: 'copies',
        longestRun: longestRun(
          readings.map(({ text }) => text),
          trained,
        ),
      }),
    },
    {
      key: 'length',
      isAgainstIdeal,
      good: ({ length }) => length.fit === 'fitting',
      detail: (readings) => ({
        kind: 'length',
        ...summariseLengths(readings.map(({ length }) => length)),
      }),
    },
    { key: 'refusals', good: ({ isRefusal }) => !isRefusal },
  ];
}

const documentsOf = (readings: readonly (Reading | null)[]): DocumentReading[] =>
  readings.flatMap((reading) => reading?.document ?? []);

/**
 * Where replies have fields: readable at all, wholly right, nothing under a name that nobody asked
 * for, and every field by itself. Asked for is what an ideal reply of these rows or a training
 * reply has; a field of which no reply here holds anything has no row.
 */
function fieldMeasures(
  context: MeasureContext,
  rows: readonly ByMeasuredArm<Reading | null>[],
): Measure[] {
  const documents = documentsOf(rows.flatMap((row) => Object.values(row)));
  if (documents.length === 0) return [];
  const ideal = documentsOf(rows.map((row) => row.human)).flatMap((one) => [...one.byField.keys()]);
  const asked = new Set([
    ...ideal,
    ...context.trainingReplies.flatMap((one) => [...fieldsOf(one)]),
  ]);
  const found = new Set(documents.flatMap((one) => [...one.byField.keys()]));
  const ofDocument = (good: (document: DocumentReading) => boolean) => (reading: Reading) =>
    reading.document && good(reading.document);
  return [
    { key: 'valid', isAgainstIdeal, good: ofDocument(({ isReadable }) => isReadable) },
    { key: 'whole', isAgainstIdeal, good: ofDocument(({ isWhole }) => isWhole) },
    ...[...asked]
      .filter((field) => found.has(field))
      .map(
        (field): Measure => ({
          key: `field:${field}`,
          isAgainstIdeal,
          good: ofDocument((document) => isFieldRight(countField(document, field))),
          detail: (readings) => ({
            kind: 'values',
            ...addFieldCounts(documentsOf(readings).map((one) => countField(one, field))),
          }),
        }),
      ),
    {
      key: 'unasked',
      isAgainstIdeal,
      good: ofDocument((document) => countUnasked(document, asked) === 0),
      detail: (readings) => ({
        kind: 'unasked',
        values: documentsOf(readings).reduce((sum, one) => sum + countUnasked(one, asked), 0),
      }),
    },
  ];
}
