'use client';

import { useTranslations } from 'next-intl';
import type { ResultError } from '@/lib/result';

const FIELDS = ['name', 'task', 'systemPrompt'] as const;

/** The sentences for what the server refused: by field of the form, and for the whole. */
export function useDatasetErrors(error: ResultError | null): {
  fields: Record<string, string>;
  form?: string;
} {
  const t = useTranslations('datasets.errors');
  const fields: Record<string, string> = {};
  if (!error) return { fields };
  for (const field of FIELDS) {
    const key = error.fieldErrors?.[field] as Parameters<typeof t>[0] | undefined;
    if (key !== undefined) fields[field] = t.has(key) ? t(key) : t('invalid');
  }
  return Object.keys(fields).length > 0 ? { fields } : { fields, form: error.message };
}
