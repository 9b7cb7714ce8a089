// Reports of earlier versions, read as if they were written now.
import { z } from 'zod';
import { REPORT_VERSION } from '@/lib/proofs/report-format';

/** Versions that are read besides the one that is written. */
const EARLIER = [2, 3];

const version2Header = z.looseObject({
  kind: z.literal('header'),
  plan: z.looseObject({ candidate: z.undefined().optional() }),
});
const version2Vote = z.looseObject({
  kind: z.literal('vote'),
  tunedOnA: z.boolean(),
  candidateOnA: z.undefined().optional(),
});
const version3Header = z.looseObject({
  kind: z.literal('header'),
  reportVersion: z.literal(3),
  answersCommitment: z.undefined().optional(),
});

/**
 * A line of a report of an earlier version, as it is written now. One that holds a word of both
 * is left as it is, so that it is refused.
 */
export function fromEarlier(json: unknown, version: number | undefined): unknown {
  if (version === undefined || !EARLIER.includes(version)) return json;
  const line = version === 2 ? fromVersion2(json) : json;
  const header = version3Header.safeParse(line).data;
  return header ? { ...header, reportVersion: REPORT_VERSION, answersCommitment: null } : line;
}

/** Version 2 knew no comparison but that of the tuned model with another. */
function fromVersion2(json: unknown): unknown {
  const header = version2Header.safeParse(json).data;
  if (header) return { ...header, reportVersion: 3, plan: { ...header.plan, candidate: 'tuned' } };
  const { tunedOnA: candidateOnA, ...vote } = version2Vote.safeParse(json).data ?? {};
  return candidateOnA === undefined ? json : { ...vote, candidateOnA };
}

const anyHeader = z.object({ kind: z.literal('header'), reportVersion: z.int() });

/** The version that a header names; undefined for any other line. */
export const versionOf = (json: unknown) => anyHeader.safeParse(json).data?.reportVersion;

/** Says of a header that this program does not read that it is of another version; else nothing. */
export function otherVersion(json: unknown): string | null {
  const version = versionOf(json);
  if (version === undefined || [...EARLIER, REPORT_VERSION].includes(version)) return null;
  const way = version > REPORT_VERSION ? 'use a newer program' : 'download it again';
  return `the report is of version ${version}, this program reads ${EARLIER[0]} to ${REPORT_VERSION}: ${way}`;
}
