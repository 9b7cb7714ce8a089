'use client';

import { useTranslations } from 'next-intl';
import type { SaveOutcome } from './use-brief-editor';

const FIELDS = ['task', 'systemPrompt', 'guidelines', 'slots', 'rules'] as const;

/** The sentences for what the server refused: by field of the form, and for the whole. */
export function useBriefErrors(outcome: SaveOutcome | null): {
  fields: Record<string, string>;
  form?: string;
} {
  const t = useTranslations('brief');
  const checks = useTranslations('checks.errors');
  if (outcome?.kind === 'offline') return { fields: {}, form: t('save.failed') };
  if (outcome?.kind !== 'failed') return { fields: {} };
  const fields: Record<string, string> = {};
  for (const [path, key] of Object.entries(outcome.error.fieldErrors ?? {})) {
    const field = FIELDS.find((name) => path.startsWith(`content.${name}`));
    if (!field) continue;
    const name = key as Parameters<typeof checks>[0];
    fields[field] ??=
      `${t(`fields.${field}`)}: ${checks.has(name) ? checks(name) : checks('invalid')}`;
  }
  return Object.keys(fields).length > 0 ? { fields } : { fields, form: outcome.error.message };
}
