import type { ErrorCode } from '@/lib/errors';

/** What the caller of a server action gets: failures that a person can act on are values. */
export type Result<T> = { ok: true; data: T } | { ok: false; error: ResultError };

export type ResultError = {
  code: ErrorCode | 'UNEXPECTED';
  /** Translated, ready to be shown. */
  message: string;
  fieldErrors?: Record<string, string> | undefined;
  /** For CONFLICT: the state that the other person saved, and the like. */
  data?: unknown;
  /** For UNEXPECTED: what support can look up in the log. */
  reference?: string;
};
